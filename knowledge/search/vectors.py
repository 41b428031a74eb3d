"""Search by meaning: exact inner products over centred vectors, the best passage of each record."""

from collections.abc import Mapping, Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.search.documents import Passage
from knowledge.search.embedding import Vectors
from knowledge.search.vector_cache import Progress, VectorCache

Scores = NDArray[np.float32]

_NEAREST = 2000


class VectorIndex:
    """Several passages a record. Passages that records share are held once.

    Vectors are centred (the mean of the passages, or of queries, is taken off) and scaled to length 1:
    the cosines of this family of models are squeezed into a narrow band, and centring opens it.
    """

    def __init__(
        self, records: Sequence[Sequence[Passage]], cache: VectorCache, progress: Progress | None = None
    ) -> None:
        """`records[i]` are the passages of record i; a record without passage never matches."""
        texts = {text: row for row, text in enumerate(dict.fromkeys(p.text for record in records for p in record))}
        vectors = cache.passages(list(texts), progress)
        self._mean: Vectors = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(_scaled(vectors - self._mean))
        self._set_postings(records, texts)
        self._size = len(records)

    def scores(self, query: Vectors) -> Scores:
        """Likeness [records] to a query vector [dimension], from -1 to 1; far records share the lowest score."""
        if not self._index.ntotal:
            return np.zeros(self._size, np.float32)
        faiss.omp_set_num_threads(1)
        centred = _scaled((query - self._mean)[None])
        values, rows = self._index.search(centred, min(_NEAREST, self._index.ntotal))
        by_row = np.full(self._index.ntotal, values[0, -1], np.float32)
        by_row[rows[0]] = values[0]
        scores = np.full(self._size, min(values[0, -1], 0.0), np.float32)
        np.maximum.at(scores, self._records, by_row[self._rows] * self._weights)
        return scores

    def _set_postings(self, records: Sequence[Sequence[Passage]], rows: Mapping[str, int]) -> None:
        postings = [(rows[p.text], number, p.weight) for number, record in enumerate(records) for p in record]
        self._rows = np.array([row for row, _, _ in postings], np.int64)
        self._records = np.array([record for _, record, _ in postings], np.int64)
        self._weights = np.array([weight for _, _, weight in postings], np.float32)


def _scaled(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, 1e-6), dtype=np.float32)
