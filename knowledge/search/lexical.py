"""Search by words: BM25 over folded and stemmed French."""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from knowledge.search.spelling import Speller
from knowledge.search.words import content_words

Scores = NDArray[np.float32]

_UNKNOWN_WORD = 0.5
_LOCAL = threading.local()
_TITLE_WEIGHT, _BODY_WEIGHT = 1.0, 0.6


def analyse(text: str) -> list[str]:
    """The stems of `text`, in order. Words with a digit or a sign, and short ones, stay whole: BTS, C++, bac+2.

    >>> analyse("L'assistante de vie, niveau BTS")
    ['assist', 'vi', 'niveau', 'bts']
    """
    return [_stem(word) for word in content_words(text)]


class LexicalIndex:
    """BM25 of the titles and of the bodies of records, summed with weights."""

    def __init__(self, titles: Sequence[str], bodies: Sequence[str]) -> None:
        title_words, body_words = [content_words(text) for text in titles], [content_words(text) for text in bodies]
        self._size = len(titles)
        self.words = frozenset(word for found in (*title_words, *body_words) for word in found)
        """The folded words of all records."""
        self._speller = Speller(self.words)
        stems = {word: _stem(word) for word in self.words}
        title_stems, body_stems = (
            [[stems[w] for w in found] for found in texts] for texts in (title_words, body_words)
        )
        self._titles, self._bodies = _bm25(title_stems), _bm25(body_stems)
        self.stems: tuple[frozenset[str], ...] = tuple(
            frozenset((*title, *body)) for title, body in zip(title_stems, body_stems, strict=True)
        )
        """The stems of each record."""
        self._records_with = Counter(stem for held in self.stems for stem in held)

    def corrected(self, text: str) -> list[str]:
        """The content words of `text`, each brought to the word of the records that was probably meant."""
        return [self._speller.correct(word) for word in content_words(text)]

    def scores(self, words: Iterable[str]) -> Scores:
        """BM25 [records] of folded words; 0 where none occurs."""
        stems = [_stem(word) for word in words]
        total = np.zeros(self._size, np.float32)
        for index, weight in ((self._titles, _TITLE_WEIGHT), (self._bodies, _BODY_WEIGHT)):
            if index is not None and any(stem in index.vocab_dict for stem in stems):
                total += weight * index.get_scores([stem for stem in stems if stem in index.vocab_dict])
        return total

    def rarity(self, word: str) -> float:
        """How much a folded word tells, between 0 (in every record) and 1 (in one).

        A word of no record counts half: it may be a rare matter, or one of the everyday words that titles do without.
        """
        found = self._records_with.get(_stem(word), 0)
        return 1.0 - float(np.log1p(found) / np.log1p(self._size)) if found else _UNKNOWN_WORD


def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word)) if word.isalpha() and len(word) > 3 else word


def _stemmer() -> Stemmer.Stemmer:
    """One a thread, as the library asks, and none remembers the words it saw."""
    if not hasattr(_LOCAL, "stemmer"):
        _LOCAL.stemmer = Stemmer.Stemmer("french", 0)
    return _LOCAL.stemmer


def _bm25(corpus: Sequence[Sequence[str]]) -> bm25s.BM25 | None:
    if not any(corpus):
        return None
    index = bm25s.BM25(k1=1.2, b=0.6)
    index.index(corpus, show_progress=False)
    return index
