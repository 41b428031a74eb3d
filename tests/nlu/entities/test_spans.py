"""Where the words of a fact stand in what the person wrote."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.nlu.conftest import Extract


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
