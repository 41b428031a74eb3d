"""What is kept for learning says nothing of who wrote it, and still means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.anonymising import anonymous
from tests.nlu.conftest import Extract


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("je m'appelle Karim et je cherche un stage", "je m'appelle [prénom] et je cherche un stage"),
        ("écrivez à karim.b@exemple.fr svp", "écrivez à [courriel] svp"),
        ("mon numéro : 06 12 34 56 78", "mon numéro : [téléphone]"),
        ("mon numéro de sécu 1 84 05 08 105 123 45 merci", "mon numéro de sécu [numéro] merci"),
        ("j'habite 12 rue des Lilas, à Sedan", "j'habite [adresse], à Sedan"),
        ("Madame Bertrand m'a dit de venir", "[prénom] m'a dit de venir"),
        ("voir https://moi.exemple.fr/cv", "voir [lien]"),
    ],
)
def test_what_identifies_is_replaced(extract: Extract, text: str, kept: str) -> None:
    assert anonymous(text, extract(text)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 2 400 € sur mon CPF et 42 ans",
        "RNCP38461 c'est quel niveau ?",
        "je suis à Sedan 08200 depuis mars 2023",
        "la formation M1203 dure 14 mois",
    ],
)
def test_facts_that_identify_nobody_stay(extract: Extract, text: str) -> None:
    assert anonymous(text, extract(text)) == text


def test_a_name_said_before_is_replaced_too(extract: Extract) -> None:
    text = "c'est encore nadia, je n'ai rien compris"
    assert anonymous(text, extract(text), ["Nadia"]) == "c'est encore [prénom], je n'ai rien compris"


@given(st.text(max_size=200), st.text(alphabet="abcdefgh", min_size=3, max_size=8))
def test_a_known_word_never_stays(text: str, word: str) -> None:
    assert f" {word} " not in anonymous(f"{text} {word} ", (), [word])
