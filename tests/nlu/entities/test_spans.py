"""Where the words of a fact stand in what the person wrote."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu.safety import asks_for_person, distress_kinds
from tests.nlu.conftest import Extract
from tests.nlu.odd_strings import odd_strings


@pytest.mark.parametrize(
    ("text", "entity", "written"),
    [
        ("j'habite à Charleville-Mézières !", "location", "Charleville-Mézières"),
        ("jai 2 400 € de cpf", "amount", "2 400 €"),
        ("jsuis au chomage", "status", "au chomage"),
        ("mon mail : Karim@Exemple.FR.", "email", "Karim@Exemple.FR"),
        ("🙂🙂 à Reims 🙂", "location", "Reims"),
    ],
)
def test_the_span_is_what_was_written(extract: Extract, text: str, entity: str, written: str) -> None:
    assert [text[e.start : e.end] for e in extract(text) if e.entity == entity] == [written]


_WORDS = st.sampled_from(
    ["je suis", "à", "Reims", "pas", "CDI", "4 ans", "2 400 €", "comptable", "le bac", "06 12 34 56 78", "ﬁ", "œ", "İ"]
)
_NOISE = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS | _NOISE, max_size=12).map(" ".join))
def test_spans_lie_in_the_text_in_order(extract: Extract, text: str) -> None:
    places = [(e.start, e.end) for e in extract(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


def test_thousands_of_odd_strings_are_read(extract: Extract) -> None:
    for text in odd_strings(2_000):
        assert all(0 <= e.start < e.end <= len(text) for e in extract(text, "location"))
        assert distress_kinds(text) == frozenset()
        assert not asks_for_person(text)


@pytest.mark.parametrize("piece", ["pas ", "'", "(", "je veux ", "1 ", "à Reims, "])
def test_a_hundred_kilobytes_are_read(extract: Extract, piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(0 <= e.start < e.end <= len(text) for e in extract(text))
