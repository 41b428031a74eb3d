"""Distress is heard whatever the spelling; what merely resembles it is not; a request for a person neither missed
nor invented."""

import pytest

from nlu.safety import asks_for_person, distress_kinds
from tests.nlu.sentences import sentences

_SENTENCES = sentences("safety")
_MOST_FALSE_ALARMS = 1


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in _SENTENCES["distress"].items() for text in texts]
)
def test_hears_distress(kind: str, text: str) -> None:
    assert kind in distress_kinds(text)


def test_hears_no_distress_in_what_resembles_it() -> None:
    alarms = {text: sorted(kinds) for text in _SENTENCES["harmless"] if (kinds := distress_kinds(text))}
    assert len(alarms) <= _MOST_FALSE_ALARMS, alarms


@pytest.mark.parametrize("text", _SENTENCES["person"])
def test_hears_that_a_person_is_asked_for(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize("text", _SENTENCES["no_person"])
def test_hears_no_request_for_a_person(text: str) -> None:
    assert not asks_for_person(text)


def test_distress_wins_over_the_harmless_phrase_beside_it() -> None:
    assert distress_kinds("ce boulot me tue et je veux mourir") == {"suicidal"}


def test_the_sentences_are_as_many_as_they_should() -> None:
    counts = {name: len(set(_SENTENCES[name])) for name in ("harmless", "person", "no_person")}
    assert counts == {"harmless": 100, "person": 30, "no_person": 30}
    assert sum(map(len, _SENTENCES["distress"].values())) == 60
