"""All the indexes over one catalogue, and how each scores its records."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalogue import Catalogue
from knowledge.search.affinity import Affinity
from knowledge.search.documents import Documents, Passage, job_passage
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.jobs import JobFinder
from knowledge.search.lexical import LexicalIndex
from knowledge.search.reading import Diploma
from knowledge.search.shelf import shelve
from knowledge.search.vector_cache import Progress, VectorCache
from knowledge.search.vectors import VectorIndex

Scores = NDArray[np.float32]

_log = logging.getLogger(__name__)


class Index:
    """Built in memory in a few seconds; only the vectors, which take minutes, are kept on disk."""

    def __init__(
        self, catalogue: Catalogue, embedder: Embedder, folder: Path, progress: Progress | None = None
    ) -> None:
        self.shelf = shelve(catalogue.certifications)
        documents = Documents(self.shelf.findable, catalogue.jobs)
        titles = [documents.title_text(record) for record in self.shelf.findable]
        bodies = [documents.body_text(record) for record in self.shelf.findable]
        self.lexical = LexicalIndex(titles, bodies)
        self.finder = JobFinder(catalogue.jobs, known_words=self.lexical.words)
        self.affinity = Affinity(self.shelf.findable, self.finder)
        self.embedder = embedder
        self._vectors: VectorIndex | None = None
        self._cache: VectorCache | None = None
        self._kept_queries: dict[str, Vectors] = {}
        self._open_vectors(catalogue, documents, embedder, folder, progress)

    @property
    def degraded(self) -> bool:
        """Whether only words can be searched, not meaning."""
        return self._vectors is None

    def is_of(self, record: int, diploma: Diploma) -> bool:
        """Whether a record is a diploma of this kind."""
        return diploma.is_of(self.shelf.types[record], self.shelf.titles[record])

    def meaning(self, text: str) -> Vectors:
        """The vector [dimension] of a query; a single zero when degraded."""
        if self._vectors is None:
            return np.zeros(1, np.float32)
        kept = self._kept_queries.get(text)
        return self.embedder.queries([text])[0] if kept is None else kept

    def likeness(self, meaning: Vectors) -> Scores:
        """Likeness [records] to the vector of a query; all zero when degraded."""
        return np.zeros(len(self.shelf.records), np.float32) if self._vectors is None else self._vectors.scores(meaning)

    def keep_queries(self, texts: Sequence[str]) -> None:
        """Keep the vectors of queries of our own, on disk and in memory, so that opening embeds nothing twice."""
        if self._cache is not None:
            self._kept_queries = dict(zip(texts, self._cache.queries(texts), strict=True))

    def _open_vectors(
        self, catalogue: Catalogue, documents: Documents, embedder: Embedder, folder: Path, progress: Progress | None
    ) -> None:
        try:
            cache = VectorCache(folder, embedder)
            passages = [list(documents.passages(record)) for record in self.shelf.findable]
            self._vectors = VectorIndex(passages, cache, progress)
            self.finder.meaning = _JobMeaning(catalogue, embedder, cache, progress)
            self._cache = cache
        except Exception:
            _log.exception("search goes on by words alone: the vectors cannot be had")
            self._vectors = None


class _JobMeaning:
    """The jobs nearest in meaning to a text."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder, cache: VectorCache, progress: Progress | None) -> None:
        self._codes = tuple(catalogue.jobs)
        self._embedder = embedder
        passages = [[Passage(job_passage(job), 1.0)] for job in catalogue.jobs.values()]
        self._vectors = VectorIndex(passages, cache, progress)

    def nearest_jobs(self, text: str, limit: int) -> Sequence[tuple[str, float]]:
        scores = self._vectors.scores(self._embedder.queries([text])[0])
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(self._codes[i], max(float(scores[i]), 0.0)) for i in best]
