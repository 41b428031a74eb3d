"""What people type is made regular, and each character of the result knows where it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalise import LONGEST, fold, normalise


@pytest.mark.parametrize(
    ("written", "regular"),
    [
        ("bonjour", "bonjour"),
        ("  trop   d'espaces \n ici ", "trop d'espaces ici"),
        ("l’été", "l'été"),
        ("e\u0301te\u0301", "été"),
        ("mer\u200bci", "merci"),
        ("mon\u00a0projet", "mon projet"),
        ("merciiii", "merci"),
        ("quoi ???!!!", "quoi ?!"),
        ("jveux une formation", "je veux une formation"),
        ("jsuis salarié", "je suis salarié"),
        ("JE CHERCHE UNE FORMATION", "je cherche une formation"),
        ("JE VEUX UN BTS AVEC MON CPF", "je veux un BTS avec mon CPF"),
        ("RNCP38461", "RNCP38461"),
        ("le BTS MCO", "le BTS MCO"),
        ("2000 euros", "2000 euros"),
        ("", ""),
        ("\u200b \ud800", ""),
    ],
)
def test_makes_messages_regular(written: str, regular: str) -> None:
    assert normalise(written).text == regular


def test_finds_the_words_of_the_person_again() -> None:
    written = "Slt,  jveux  une FORMATIOOON"
    found = normalise(written)
    start = found.text.index("FORMATION")
    first, last = found.original_span(start, start + len("FORMATION"))
    assert written[first:last] == "FORMATIOOON"


def test_folds_for_lexicons() -> None:
    assert normalise("Élève à Épernay").folded == "eleve a epernay"


def test_reads_no_more_than_it_should() -> None:
    assert len(normalise("ab " * LONGEST).text) <= LONGEST


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_takes_any_string(text: str) -> None:
    found = normalise(text)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    assert all(0 <= place <= len(text) for place in found.offsets)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
