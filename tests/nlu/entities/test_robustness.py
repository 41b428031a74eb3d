"""No string breaks the reading, however long or strange."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from nlu.entities import EntityExtractor
from nlu.understanding import Context
from tests.nlu.conftest import TODAY, Extract

_FIELDS = st.sampled_from(
    [None, "age", "location", "cpf_balance", "education_level", "company_seniority_months", "target_job", "first_name"]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200), _FIELDS)
def test_any_string_is_taken(extract: Extract, text: str, asked: str | None) -> None:
    assert all(text[e.start : e.end] for e in extract(text, asked))


@pytest.mark.parametrize(
    "unit",
    ["a", "1 ", "CAP ", "un ", "d'", "mille ", "Paul Martin, ", "a@b.", "je suis comptable à Reims ", "(", "\ud800"],
)
def test_a_message_of_100_kilobytes_is_cut(extract: Extract, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert all(e.end <= 4_000 for e in extract(text))


@pytest.mark.parametrize(
    "text", ["je suis à Re\u200bims", "je suis à\u00a0Reims", "JE SUIS A REIMS", "je suis à Rei\u0301ms"]
)
def test_invisible_signs_and_capitals_change_nothing(extract: Extract, text: str) -> None:
    assert [e.value for e in extract(text)] == ["51454"]


def test_the_same_message_is_always_read_alike(extract: Extract) -> None:
    text = "vendeuse en CDD à Épinal depuis 8 mois, je vise le CAP cuisine en alternance, 1 200 € de CPF"
    assert extract(text) == extract(text)


def test_two_readers_keep_their_own_knowledge(extract: Extract) -> None:
    nowhere = EntityExtractor(Catalogue.of())
    assert nowhere.extract("je suis comptable à Reims", Context(TODAY)) == ()
    assert [e.value for e in extract("je suis comptable à Reims")] == ["M1203", "51454"]
