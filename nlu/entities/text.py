"""A message folded letter by letter, so that a place in the folded text is the same place in what was written."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

LONGEST = 4_000
_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "—": "-", "œ": "o", "Œ": "o"}
)
_WORD = re.compile(r"[a-z0-9]+(?:'(?=[a-z]))?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """`folded` has the length of `text`: lower case, no accents, plain apostrophes and spaces."""

    text: str
    folded: str
    tokens: tuple[Token, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> "Folded":
        """Fold the first 4,000 characters of any string."""
        cut = text[:LONGEST]
        folded = "".join(map(_fold, cut))
        tokens = tuple(Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded))
        return cls(cut, folded, tokens)

    def before(self, place: int, width: int = 40) -> str:
        """The folded text just before `place`."""
        return self.folded[max(0, place - width) : place]

    def after(self, place: int, width: int = 40) -> str:
        """The folded text just after `place`."""
        return self.folded[place : place + width]


def fold(text: str) -> str:
    """`text` folded as a message is."""
    return "".join(map(_fold, text))


@cache
def _fold(character: str) -> str:
    plain = character.translate(_PLAIN)
    base = unicodedata.normalize("NFKD", plain)[:1].lower()
    if len(base) != 1 or base.isspace() or unicodedata.category(base)[0] in {"C", "M", "Z"}:
        return " "
    return base
