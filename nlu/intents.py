"""Which intent a message has: a linear classifier over two sentence embeddings and tf-idf of words and pieces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    """Messages made ready for the classifier: their folded texts and their vectors by both encoders, row by row."""

    folded: tuple[str, ...]
    first: Vectors
    second: Vectors

    def rows(self, indices: NDArray[np.intp]) -> "Readings":
        """Some of them."""
        return Readings(tuple(self.folded[i] for i in indices), self.first[indices], self.second[indices])


def read(texts: Sequence[str], encoder: MessageEncoder, speller: Speller | None = None) -> Readings:
    """Normalise and encode `texts`; with a speller, its words put right first (not those that are learnt from)."""
    regular = [normalise(text).text.lower() for text in texts]
    if speller is not None:
        regular = [speller.corrected(text) for text in regular]
    first, second = encoder.encode(regular)
    return Readings(tuple(fold(text) for text in regular), first, second)


class IntentClassifier:
    """`fit` once, then `logits`. `classes` names the columns."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(
            sublinear_tf=True, ngram_range=(1, 2), token_pattern=_WORD.pattern, dtype=np.float32
        )
        self._pieces = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5), dtype=np.float32)
        self._model = LogisticRegression(C=_REGULARISATION, max_iter=_ITERATIONS, tol=_TOLERANCE)

    def fit(self, readings: Readings, intents: Sequence[str]) -> "IntentClassifier":
        """Learn. `intents` has one name a reading."""
        self._first_mean = readings.first.mean(axis=0)
        self._second_mean = readings.second.mean(axis=0)
        self._words.fit(readings.folded)
        self._pieces.fit(readings.folded)
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
        parts = [
            csr_matrix(centred(readings.first, self._first_mean) * np.float32(_FIRST_WEIGHT)),
            csr_matrix(centred(readings.second, self._second_mean)),
            self._words.transform(readings.folded) * np.float32(_WORDS_WEIGHT),
            self._pieces.transform(readings.folded) * np.float32(_PIECES_WEIGHT),
        ]
        return hstack(parts, format="csr")


def probabilities(logits: Scores, temperature: float) -> Scores:
    """Softmax of `logits / temperature`, row by row."""
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)
