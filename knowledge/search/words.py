"""French text as folded words: the one way in which search, jobs and lexicons compare words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_INCLUSIVE = re.compile(
    r"(?<=[a-z])(?:[·•.](?:e|ne|le|te|se|euse|rice|trice|iere|ere|ive|ve)(?:[·•.]?s)?(?![a-z])"
    r"|\((?:e|ne|le|te|se|euse|rice|trice|iere|ere|ive|ve)s?\))"
)
_WORD = re.compile(r"c\+\+|[a-z]#|\.net\b|bac ?\+ ?\d|[a-z0-9]+")
_STOP = frozenset(
    word for line in yaml.safe_load(Path(__file__).with_name("stop_words.yml").read_text("utf-8")) for word in line
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]` is what was written, `folded` what is compared."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents, ligatures or inclusive endings.

    >>> fold("Bœuf à l’Élysée, boulanger·ère")
    "boeuf a l'elysee, boulanger"
    """
    return _INCLUSIVE.sub("", _fold_letters(text))


def words(text: str) -> list[str]:
    """The folded words of `text`, stop words included; C++, C#, .net and bac+2 stay whole.

    >>> words("L'ingénieur C++ a un Bac + 2")
    ['l', 'ingenieur', 'c++', 'a', 'un', 'bac+2']
    """
    return [found.replace(" ", "") for found in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """The folded words of `text` without its stop words."""
    return [word for word in words(text) if word not in _STOP]


def located_words(text: str) -> list[Word]:
    """The content words of `text` with the place of each in it."""
    folded, places = _fold_in_place(text)
    found = ((match.group().replace(" ", ""), match) for match in _WORD.finditer(folded))
    return [
        Word(word, places[match.start()], places[match.end() - 1] + 1) for word, match in found if word not in _STOP
    ]


def singular(word: str) -> str:
    """`word` without the mark of the plural, good enough to compare."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def _fold_letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text).lower().translate(_LIGATURES)
    return _MARKS.sub("", unicodedata.normalize("NFKD", lowered))


@lru_cache(maxsize=1024)
def _fold_letter(letter: str) -> str:
    return _fold_letters(letter)


def _fold_in_place(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place in `text` that it comes from."""
    pieces = [(piece, place) for place, char in enumerate(text) for piece in _fold_letter(char)]
    folded = "".join(piece for piece, _ in pieces)
    places = [place for _, place in pieces]
    kept = [True] * len(folded)
    for match in _INCLUSIVE.finditer(folded):
        kept[match.start() : match.end()] = [False] * (match.end() - match.start())
    return (
        "".join(char for char, keep in zip(folded, kept, strict=True) if keep),
        [place for place, keep in zip(places, kept, strict=True) if keep],
    )
