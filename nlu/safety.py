"""Distress and requests for a person, recognised by their own rules before anything else.

The rules are patterns of `nlu/lexicon/safety.yml`; they look for as much as possible, and known harmless
phrases («ça me tue, ces démarches») are taken out of the text first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from nlu.normalise import fold, normalise

_LEXICON = Path(__file__).parent / "lexicon" / "safety.yml"
# Takes the place of a harmless phrase: no pattern goes across it.
_GAP = " # "


@dataclass(frozen=True, slots=True)
class _Rules:
    look_alikes: re.Pattern[str]
    cues: re.Pattern[str]
    distress: Mapping[str, re.Pattern[str]]
    person: re.Pattern[str]
    person_guards: re.Pattern[str]


def distress_kinds(text: str) -> frozenset[str]:
    """Which of `suicidal`, `violence`, `homeless`, `hunger`, `danger` the text speaks of; empty for none."""
    searched = _rules().look_alikes.sub(_GAP, _prepare(text))
    return frozenset(kind for kind, pattern in _rules().distress.items() if pattern.search(searched))


def looks_harmless(text: str) -> bool:
    """Whether the text holds a phrase that resembles distress without being it."""
    return _rules().look_alikes.search(_prepare(text)) is not None


def has_cue(text: str) -> bool:
    """Whether the text, its harmless phrases apart, holds a word that distress is told with."""
    return _rules().cues.search(_rules().look_alikes.sub(_GAP, _prepare(text))) is not None


def asks_for_person(text: str) -> bool:
    """Whether the text asks, in so many words, for a person rather than the assistant."""
    prepared = _prepare(text)
    return bool(_rules().person.search(prepared)) and not _rules().person_guards.search(prepared)


def _prepare(text: str) -> str:
    return fold(normalise(text).text)


@cache
def _rules() -> _Rules:
    with _LEXICON.open(encoding="utf-8") as stream:
        read = yaml.safe_load(stream)
    return _Rules(
        look_alikes=_any_of(read["look_alikes"]),
        cues=_any_of(read["cues"]),
        distress={kind: _any_of(patterns) for kind, patterns in read["distress"].items()},
        person=_any_of(read["person"]),
        person_guards=_any_of(read["person_guards"]),
    )


def _any_of(patterns: str) -> re.Pattern[str]:
    """One pattern a line."""
    return re.compile("|".join(rf"(?<!\w)(?:{pattern})(?!\w)" for pattern in patterns.splitlines()))
