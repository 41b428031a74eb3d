"""Which intent a message has: a linear classifier over two sentence embeddings and tf-idf of words and pieces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.search.embedding import Vectors
from nlu.encoding import MessageEncoder, centred
from nlu.normalise import fold, normalise
from nlu.spelling import Speller

Scores = NDArray[np.float64]

_WORD = re.compile(r"[\w']+|\?")
# Weights of the views and inverse of the regularisation: best by cross-validation on our own corpus.
_FIRST_WEIGHT = 1.3
_WORDS_WEIGHT = 0.8
_PIECES_WEIGHT = 1.0
_REGULARISATION = 4.0
_ITERATIONS = 600
_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class Readings:
    """Messages made ready for a classifier, row by row: their regular texts, the vectors of the second encoder and,
    where they were worth the time, those of the first."""

    texts: tuple[str, ...]
    second: Vectors
    first: Vectors | None = None

    @property
    def folded(self) -> list[str]:
        """The texts without accents."""
        return [fold(text) for text in self.texts]

    def rows(self, indices: NDArray[np.intp]) -> "Readings":
        """Some of them."""
        first = None if self.first is None else self.first[indices]
        return Readings(tuple(self.texts[i] for i in indices), self.second[indices], first)

    def complete(self, encoder: MessageEncoder) -> "Readings":
        """The same with the vectors of the first encoder."""
        return replace(self, first=encoder.first(self.texts))

    def light(self) -> "Readings":
        """The same without them."""
        return replace(self, first=None)


def read(texts: Sequence[str], encoder: MessageEncoder, speller: Speller | None = None) -> Readings:
    """Normalise `texts` and encode them by the second encoder; with a speller, their words put right first (not those
    that are learnt from)."""
    regular = [normalise(text).text.lower() for text in texts]
    if speller is not None:
        regular = [speller.corrected(text) for text in regular]
    return Readings(tuple(regular), encoder.second(regular))


class IntentClassifier:
    """`fit` once, then `logits` of readings of the same kind, complete or light. `classes` names the columns."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(
            sublinear_tf=True, ngram_range=(1, 2), token_pattern=_WORD.pattern, dtype=np.float32
        )
        self._pieces = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5), dtype=np.float32)
        self._model = LogisticRegression(C=_REGULARISATION, max_iter=_ITERATIONS, tol=_TOLERANCE)

    def fit(self, readings: Readings, intents: Sequence[str]) -> "IntentClassifier":
        """Learn. `intents` has one name a reading."""
        self._first_mean = None if readings.first is None else readings.first.mean(axis=0)
        self._second_mean = readings.second.mean(axis=0)
        folded = readings.folded
        self._words.fit(folded)
        self._pieces.fit(folded)
        self._model.fit(self._features(readings), list(intents))
        return self

    @property
    def classes(self) -> tuple[str, ...]:
        """The intents, in the order of the columns."""
        return tuple(map(str, self._model.classes_))

    def logits(self, readings: Readings) -> Scores:
        """Scores [n, intents] before they are made probabilities."""
        scores = np.asarray(self._model.decision_function(self._features(readings)), dtype=np.float64)
        # Of two intents, scikit-learn scores the second only.
        return scores if scores.ndim > 1 else np.column_stack([np.zeros_like(scores), scores])

    def knows_a_word(self, folded: str) -> bool:
        """Whether any word of a folded text occurs in the corpus."""
        return any(word in self._words.vocabulary_ for word in _WORD.findall(folded))

    def _features(self, readings: Readings) -> csr_matrix:
        folded = readings.folded
        parts = [
            csr_matrix(centred(readings.second, self._second_mean)),
            self._words.transform(folded) * np.float32(_WORDS_WEIGHT),
            self._pieces.transform(folded) * np.float32(_PIECES_WEIGHT),
        ]
        if self._first_mean is not None and readings.first is not None:
            parts.append(csr_matrix(centred(readings.first, self._first_mean) * np.float32(_FIRST_WEIGHT)))
        return hstack(parts, format="csr")


def probabilities(logits: Scores, temperature: float) -> Scores:
    """Softmax of `logits / temperature`, row by row."""
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)
