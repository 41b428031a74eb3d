"""Misspelt words brought back to words that are known."""

from collections.abc import Iterable
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.search.phonetics import sound

_SHORTEST = 4


class Speller:
    """Corrects folded words towards `vocabulary`; words of `known` are right as they are."""

    def __init__(self, vocabulary: Iterable[str], known: Iterable[str] = ()) -> None:
        words = sorted({word for word in vocabulary if len(word) >= _SHORTEST and word.isalpha()})
        self._right = frozenset(words) | frozenset(known)
        by_length = sorted(words, key=len)
        self._by_length = {length: list(group) for length, group in groupby(by_length, key=len)}
        self._by_sound: dict[str, list[str]] = {}
        for word in words:
            self._by_sound.setdefault(sound(word), []).append(word)

    def correct(self, word: str) -> str:
        """The word that was meant, or `word` itself when it is right or nothing is near enough."""
        if len(word) < _SHORTEST or word in self._right or not word.isalpha() or word.rstrip("sx") in self._right:
            return word
        if alike := self._by_sound.get(sound(word)):
            return max(alike, key=lambda other: (OSA.normalized_similarity(word, other), other))
        return self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        slips = 1 if len(word) < 8 else 2
        near = [
            other
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in self._by_length.get(length, ())
        ]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
        return None if found is None or found[0][0] != word[0] else str(found[0])
