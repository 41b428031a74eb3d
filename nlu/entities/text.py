"""A message folded for reading: lower case, no accents, shorthand in full; each letter knows where it was written."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from wordfreq import get_frequency_dict

from knowledge.search.spelling import Speller

LONGEST = 4_000
LEXICON = Path(__file__).parents[1] / "lexicon"

Letter = tuple[str, int, int]
"""A folded letter and the place `[start, end)` of what it stands for."""

_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "—": "-"})
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_INCLUSIVE = re.compile(
    r"(?<=[a-z])(?:[·•](?:[a-z]+)(?:[·•]s)?|\((?:e|ne|le|te|se|euse|rice|trice|ere|iere|ive|ve)s?\))"
)
_WORD = re.compile(r"[a-z0-9]+(?:'(?=[a-z0-9]))?")
_SPELT = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_GLUED = re.compile(r"(qu|[cdjlmnst])([aeiouyh]\w+)")
_COMMON = 1e-6  # occurrences a word
_SHORTEST_CUE = 6


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """A message as readers see it. Places are places in `folded`; `span` brings them back to what was written.

    `for_another` tells that the person is known to write for someone else.
    """

    text: str
    folded: str
    tokens: tuple[Token, ...] = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)
    _ends: tuple[int, ...] = field(repr=False)
    for_another: bool = False

    @classmethod
    def of(cls, text: str, *, for_another: bool = False) -> "Folded":
        """Fold the first 4,000 characters of any string."""
        letters = list(_expanded(text, _without_inclusive(list(_letters(text[:LONGEST])))))
        folded = "".join(letter for letter, _, _ in letters)
        tokens = tuple(Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded))
        starts, ends = tuple(s for _, s, _ in letters), tuple(e for _, _, e in letters)
        return cls(text[:LONGEST], folded, tokens, starts, ends, for_another)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `folded[start:end]` was written in `text`."""
        if start >= end:
            return (0, 0)
        return self._starts[start], max(self._ends[end - 1], self._starts[start])

    def place(self, at: int) -> int:
        """The place in `folded` of what was written at `at`."""
        return bisect_left(self._starts, at)

    def written(self, start: int, end: int) -> str:
        """What was written for `folded[start:end]`."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def is_capital(self, start: int) -> bool:
        """Whether the word at `start` begins with a capital where that means something."""
        return not self.shouted and self.written(start, start + 1)[:1].isupper()

    @cached_property
    def shouted(self) -> bool:
        """Whether the message is in capitals as a whole."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)

    def before(self, place: int, width: int = 40) -> str:
        """The folded text just before `place`."""
        return self.folded[max(0, place - width) : place]

    def after(self, place: int, width: int = 40) -> str:
        """The folded text just after `place`."""
        return self.folded[place : place + width]


def fold(text: str) -> str:
    """`text` in lower case without accents, on one line, as the words of a lexicon are."""
    return "".join(letter for letter, _, _ in _letters(text)).replace("\n", " ")


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name or a sentence."""
    return tuple(_WORD.findall(fold(text)))


def _letters(text: str) -> Iterator[Letter]:
    for place, character in enumerate(text):
        for letter in _fold(character):
            yield letter, place, place + 1


@cache
def _fold(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\n\r\x85\u2028\u2029" else " "
    kind = unicodedata.category(character)
    if kind[0] == "C":
        return "" if kind == "Cf" else " "
    lowered = unicodedata.normalize("NFKD", character.translate(_PLAIN).lower())
    full = "".join(_LIGATURES.get(c, c) for c in lowered if not unicodedata.combining(c))
    return unicodedata.normalize("NFKD", full).translate(_PLAIN)


def _without_inclusive(letters: list[Letter]) -> list[Letter]:
    folded = "".join(letter for letter, _, _ in letters)
    dropped = {place for match in _INCLUSIVE.finditer(folded) for place in range(*match.span())}
    return [letter for place, letter in enumerate(letters) if place not in dropped]


def _expanded(text: str, letters: list[Letter]) -> Iterator[Letter]:
    """`letters` with shorthand in full and the words that lead to facts spelt right."""
    folded = "".join(letter for letter, _, _ in letters)
    place = 0
    for match in _SPELT.finditer(folded):
        yield from letters[place : match.start()]
        word = letters[match.start() : match.end()]
        start, end = word[0][1], word[-1][2]
        meant = _meant(match.group(), text[start:end].lower(), folded[match.end() : match.end() + 2])
        counted = folded[: match.start()].rstrip()[-1:].isdigit()
        yield from word if meant == match.group() or counted else ((c, start, end) for c in meant)
        place = match.end()
    yield from letters[place:]


@lru_cache(maxsize=20_000)
def _meant(word: str, written: str, after: str) -> str:
    """What a folded word means; `written` keeps its accents, `after` are the two letters that follow it."""
    tokens = _tokens()
    if written != word and written in tokens:
        return tokens[written]
    if word in tokens and (len(word) > 1 or re.match(r" \w", after)):
        return tokens[word]
    if word in _right():
        return word
    glued = _GLUED.fullmatch(word)
    if glued and glued.group(2) in _elided():
        return "'".join(glued.groups())
    return _speller().correct(word) if len(word) >= _SHORTEST_CUE else word


@cache
def _shorthand() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load((LEXICON / "shorthand.yml").read_text("utf-8"))
    return content


@cache
def _tokens() -> Mapping[str, str]:
    """Shorthand words and what they mean, those of the intents included."""
    usual = yaml.safe_load((LEXICON / "spellings.yml").read_text("utf-8"))["words"]
    own = {str(word): str(meant) for word, meant in _shorthand()["tokens"].items()}
    return {str(word): fold(str(meant)) for word, meant in usual.items()} | own


@cache
def _speller() -> Speller:
    return Speller(_shorthand()["cues"], _right())


@cache
def _right() -> frozenset[str]:
    """Words that are no misspelt cue: all that French speakers commonly write, and some of the field."""
    common = (word for word, often in get_frequency_dict("fr", wordlist="small").items() if often > _COMMON)
    return frozenset({*map(fold, common), *_shorthand()["right"]})


@cache
def _elided() -> frozenset[str]:
    return frozenset(_shorthand()["elided"])


def known_words(*names: Iterable[str]) -> frozenset[str]:
    """Every folded word of these names."""
    return frozenset(_WORD.findall(fold("\n".join(name for group in names for name in group))))
