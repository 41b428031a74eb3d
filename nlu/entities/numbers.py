"""Numbers of a message, in digits and in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded, Token

_DIGITS = re.compile(r"(?<![\w.,/+-])(\d{1,3}(?:[ .]\d{3})+(?!\d)|\d{1,12})(?:[.,](\d{1,2}))?(?![\d/])")
_LONGEST = 8
_ARTICLES = frozenset({"un", "une"})
_ALONE = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the place of its words. `exact` is false for «une trentaine»."""

    value: float
    start: int
    end: int
    exact: bool = True

    @property
    def plain(self) -> int | float:
        """The value, as an integer where it is one."""
        return int(self.value) if self.value.is_integer() else self.value


def numbers(message: Folded) -> tuple[Number, ...]:
    """Every number, in the order of the message."""
    return tuple(sorted((*_digits(message.folded), *_worded(message.tokens)), key=lambda n: n.start))


def answered(message: Folded) -> Number | None:
    """The number that a message gives as an answer: the only one, in no question; «un», an article, only by itself."""
    found = numbers(message)
    if len(found) != 1 or "?" in message.folded:
        return None
    written = message.folded[found[0].start : found[0].end]
    return None if written in _ARTICLES and len(message.tokens) > _ALONE else found[0]


def _digits(folded: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(folded):
        whole = match.group(1).replace(" ", "").replace(".", "")
        yield Number(float(f"{whole}.{match.group(2) or 0}"), match.start(), match.end())


def _worded(tokens: tuple[Token, ...]) -> Iterator[Number]:
    words, about, place = lexicon("numbers")["words"], lexicon("numbers")["about"], 0
    while place < len(tokens):
        run = 0
        while place + run < len(tokens) and run < _LONGEST and tokens[place + run].text in words:
            run += 1
        size, value = _longest(tuple(t.text for t in tokens[place : place + run]))
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if size and not (tokens[place].text in _ARTICLES and following in about):
            yield Number(value, tokens[place].start, tokens[place + size - 1].end)
        elif tokens[place].text in about:
            yield Number(float(about[tokens[place].text]), tokens[place].start, tokens[place].end, exact=False)
        place += max(size, 1)


@lru_cache(maxsize=1_000)
def _longest(words: tuple[str, ...]) -> tuple[int, float]:
    """How many of the words make a number, and which; (0, 0) when none does."""
    for size in range(len(words), 0, -1):
        if words[size - 1] == "et":
            continue
        try:
            return size, float(text2num(" ".join("un" if w == "une" else w for w in words[:size]), "fr"))
        except ValueError:
            continue
    return 0, 0.0
