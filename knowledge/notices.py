"""Find the notice that a person asks about, by its id or by one of the names people give it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.records import Notice

_SHORTEST_TO_CORRECT = 6  # «cpf» and «cep» are one letter apart: short names must be spelt exactly
_SHORTEST_WORD_TO_CORRECT = 5
_LONG = 10  # from this length two slips are forgiven, one below
_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


class NoticeIndex:
    """The notices, looked up by id, or by alias inside a message.

    >>> index = NoticeIndex(catalogue.notices)
    >>> index.by_alias("C'est quoi le compte formation ?").id
    'cpf'
    """

    def __init__(self, notices: Mapping[str, Notice]) -> None:
        self._notices = dict(notices)
        self._aliases = {alias: notice for notice in notices.values() for alias in _names(notice)}
        self._correctable = {" ".join(alias): alias for alias in self._aliases if _is_correctable(" ".join(alias))}
        self._longest = max(map(len, self._aliases), default=0)

    def by_id(self, notice_id: str) -> Notice | None:
        """The notice of a topic or scheme of the contract; None when there is none."""
        return self._notices.get(notice_id)

    def find(self, text_or_topic: str) -> Notice | None:
        """The notice with this id, else the one named in this text."""
        return self.by_id(text_or_topic) or self.by_alias(text_or_topic)

    def by_alias(self, text: str) -> Notice | None:
        """The notice whose longest name stands in `text` in whole words; small misspellings are forgiven.

        Case, accents and hyphens do not count. Of two names equally long the first in the text wins.
        None when no name is there, or when a misspelt word is as near to the names of two notices.
        """
        readings = [folded_words(text), folded_words(text.replace("-", ""))]
        return self._exact(readings) or self._corrected(readings[0])

    def _exact(self, readings: Iterable[Words]) -> Notice | None:
        found = [window for words in readings for window in _windows(words, self._longest) if window in self._aliases]
        return self._aliases[max(found, key=_length)] if found else None

    def _corrected(self, words: Words) -> Notice | None:
        scored = [
            (_length(alias) - 2 * slips, alias)
            for window in _windows(words, self._longest)
            for alias, slips in self._near(window)
        ]
        if not scored:
            return None
        best = max(score for score, _ in scored)
        notices = {self._aliases[alias].id for score, alias in scored if score == best}
        return self._notices[notices.pop()] if len(notices) == 1 else None

    def _near(self, window: Words) -> Iterator[tuple[Words, int]]:
        spelling = " ".join(window)
        if not _is_correctable(spelling):
            return
        near = process.extract_iter(spelling, self._correctable.keys(), scorer=OSA.distance, score_cutoff=2)
        for name, slips, _ in near:
            alias = self._correctable[name]
            if len(alias) == len(window) and all(map(_is_slip, window, alias)):
                yield alias, int(slips)


def folded_words(text: str) -> Words:
    """The words of `text` in lower case without accents: «L'Épreuve n° 2» → («l», «epreuve», «n», «2»)."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").casefold())
    return tuple(_WORD.findall("".join(mark for mark in decomposed if not unicodedata.combining(mark))))


def _names(notice: Notice) -> Iterator[Words]:
    return filter(None, map(folded_words, notice.aliases))


def _is_correctable(spelling: str) -> bool:
    """Numbers are never corrected: «niveau 5» is not a slip for «niveau 6»."""
    return len(spelling) >= _SHORTEST_TO_CORRECT and not any(map(str.isdigit, spelling))


def _is_slip(written: str, meant: str) -> bool:
    """Whether one word is the other misspelt. The first letter is right, and short words are right as a whole:
    «une formation» is not a slip for «FNE formation», nor «information» for «Uniformation»."""
    if written == meant:
        return True
    shorter = min(len(written), len(meant))
    allowed = 2 if shorter >= _LONG else 1 if shorter >= _SHORTEST_WORD_TO_CORRECT else 0
    return written[0] == meant[0] and OSA.distance(written, meant) <= allowed


def _windows(words: Words, longest: int) -> Iterator[Words]:
    for start in range(len(words)):
        for size in range(1, min(longest, len(words) - start) + 1):
            yield words[start : start + size]


def _length(words: Words) -> int:
    return sum(map(len, words))
