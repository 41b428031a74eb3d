"""The intent of a message: sentence embedding and pieces of words, then a linear model with calibrated
probabilities."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.search.embedding import Embedder
from nlu.entities.text import fold
from nlu.normalise import normalise

# Weights of the two views, and the inverse of the regularisation: best by cross-validation on our own corpus.
_MEANING_WEIGHT = 2.0
_REGULARISATION = 20.0
_MOST_STEPS = 300


class IntentClassifier:
    """Learns from messages and their intents. Features are [centred embedding ‖ tf-idf of words ‖ of 2–5 letter
    pieces]."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\S+")  # noqa: S106 - no password
        self._pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
        self._model = LogisticRegression(C=_REGULARISATION, max_iter=_MOST_STEPS)
        self._centre: NDArray[np.float32] = np.zeros(1, np.float32)

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents, in the order of the columns of `probabilities`."""
        return tuple(map(str, self._model.classes_))

    def fit(self, texts: Sequence[str], vectors: NDArray[np.float32], intents: Sequence[str]) -> None:
        """Learn from `texts` [n], their embeddings [n, d] and their intents [n]."""
        plain = [_plain(text) for text in texts]
        self._centre = vectors.mean(axis=0)
        self._words.fit(plain)
        self._pieces.fit(plain)
        self._model.fit(self._features(plain, vectors), list(intents))

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each intent, [n, intents]."""
        found: NDArray[np.float64] = self._model.predict_proba(self._features([_plain(t) for t in texts], vectors))
        return found

    def knows_a_word(self, text: str) -> bool:
        """Whether any word of the message occurs in the corpus."""
        return any(word in self._words.vocabulary_ for word in _plain(text).split())

    def _features(self, plain: Sequence[str], vectors: NDArray[np.float32]) -> csr_matrix:
        centred = vectors - self._centre
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        meaning = csr_matrix(_MEANING_WEIGHT * centred / np.maximum(lengths, 1e-6))
        return hstack([meaning, self._words.transform(plain), self._pieces.transform(plain)]).tocsr()


def embed(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Embeddings of messages as the classifier reads them, [n, d]."""
    return embedder.queries([normalise(text) or "…" for text in texts])


def _plain(text: str) -> str:
    return " ".join(fold(normalise(text)).replace("?", " ? ").replace("'", "' ").split())
