"""The agreements that a number, or the words of an activity, lead to. Nothing is guessed: what only looks like it is
told apart from what is named."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

import yaml

from knowledge.agreements.names import opco_name
from knowledge.records import Agreement
from knowledge.search.words import content_words, fold

# Of titles that share words with the message, those that share nearly as much as the best are shown too.
_NEARLY = 0.7
_SHORTEST_STEM = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Agreements, the likeliest first. `named`: the words name this activity; else titles only share words with it."""

    agreements: tuple[Agreement, ...] = ()
    named: bool = False

    @property
    def opcos(self) -> tuple[str, ...]:
        """The usual names of their OPCO, each once."""
        return tuple(dict.fromkeys(opco_name(one.opco) for one in self.agreements))


class AgreementFinder:
    """Over the agreements of a catalogue; empty where no table was loaded."""

    def __init__(self, agreements: Mapping[str, Agreement]) -> None:
        self._by_number = {one.idcc: one for one in agreements.values() if one.idcc}
        self._unnumbered = [one for one in agreements.values() if one.idcc is None]
        self._words = {one.id: _stems(one.title) for one in agreements.values()}
        self._all = dict(agreements)
        self._titles_with = Counter(stem for stems in self._words.values() for stem in stems)

    def __bool__(self) -> bool:
        """Whether there is a table at all."""
        return bool(self._all)

    def by_number(self, idcc: str) -> Agreement | None:
        """The agreement of this number, leading zeros aside; None when the table has none."""
        return self._by_number.get(idcc.lstrip("0"))

    def by_words(self, text: str) -> Found:
        """The agreements of the activity that `text` names, else those whose title shares its rarest words."""
        named = tuple(dict.fromkeys(one for entry in _named(text) for one in self._of(entry)))
        return Found(named, named=True) if named else Found(self._sharing(_stems(text)))

    def _of(self, entry: Sequence[str]) -> Iterable[Agreement]:
        for key in entry:
            if key.isdigit():
                yield from (one for one in [self._by_number.get(key)] if one)
            else:
                yield from (one for one in self._unnumbered if key in fold(one.title))

    def _sharing(self, wanted: frozenset[str]) -> tuple[Agreement, ...]:
        scores = {
            key: sum(log(1 + len(self._all) / self._titles_with[stem]) for stem in stems & wanted)
            for key, stems in self._words.items()
            if stems & wanted
        }
        best = max(scores.values(), default=0)
        near = [key for key, score in scores.items() if score >= _NEARLY * best]
        return tuple(self._all[key] for key in sorted(near, key=lambda key: (-scores[key], len(self._words[key]), key)))


def names_activity(text: str) -> bool:
    """Whether the text names an activity of the lexicon."""
    return bool(_named(text))


def _named(text: str) -> list[Sequence[str]]:
    """The entries of the lexicon that `text` names, the longest words first: «restauration rapide» is not
    «restauration»."""
    rest = fold(text)
    found: list[Sequence[str]] = []
    matches = [(match, entry) for pattern, entry in _activities() for match in pattern.finditer(rest)]
    taken: list[range] = []
    for match, entry in sorted(matches, key=lambda one: -len(one[0].group())):
        if not any(place in span for span in taken for place in match.span()):
            taken.append(range(match.start(), match.end() + 1))
            found.append(entry)
    return found


def _stems(text: str) -> frozenset[str]:
    """Words cut at their plural and feminine, so that «cafés» is «café»."""
    nothing = _lexicon()["says_nothing"]
    kept = (word for word in content_words(text) if word not in nothing and not word.isdigit())
    return frozenset(re.sub(r"(?:es|e|s|x)$", "", word) if len(word) >= _SHORTEST_STEM else word for word in kept)


@cache
def _activities() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{entry['words']})(?![\w-])"), tuple(entry["agreements"]))
        for entry in _lexicon()["activities"]
    )


@cache
def _lexicon() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("activities.yml").read_text("utf-8"))
    return content
