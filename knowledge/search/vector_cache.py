"""Vectors kept on disk by the content of their text, so that only what changed is embedded again."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embedding import Embedder, Vectors

Progress = Callable[[int, int], None]
"""Called with (texts embedded so far, texts to embed)."""

_BATCH = 128
_LOOKUP = 500


class VectorCache:
    """One SQLite file for each embedder, named by its fingerprint: vectors of two models never meet.

    Vectors are kept in half precision: the ranking is the same and the file half as big (about 0.8 kB a text).
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._embedder = embedder
        self._path = folder / f"vectors-{re.sub(r'[^A-Za-z0-9.-]', '_', embedder.fingerprint)}.sqlite3"

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors [n, dimension] of `texts`, embedding those not kept yet. Work done is kept when interrupted."""
        return self._vectors("passage", texts, self._embedder.passages, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dimension] of queries of our own (never of what people write)."""
        return self._vectors("query", texts, self._embedder.queries, None)

    def _vectors(
        self, role: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors], progress: Progress | None
    ) -> Vectors:
        by_digest = {_digest(role, text): text for text in texts}
        with closing(sqlite3.connect(self._path, timeout=60)) as database:
            database.execute("CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
            known = _read(database, list(by_digest))
            missing = [digest for digest in by_digest if digest not in known]
            for start in range(0, len(missing), _BATCH):
                batch = missing[start : start + _BATCH]
                vectors = embed([by_digest[digest] for digest in batch]).astype(np.float16)
                known |= zip(batch, vectors, strict=True)
                _write(database, zip(batch, vectors, strict=True))
                if progress:
                    progress(start + len(batch), len(missing))
        rows = [known[_digest(role, text)] for text in texts]
        return np.stack(rows).astype(np.float32) if rows else embed([])


def _read(database: sqlite3.Connection, digests: Sequence[bytes]) -> dict[bytes, NDArray[np.float16]]:
    known: dict[bytes, NDArray[np.float16]] = {}
    for start in range(0, len(digests), _LOOKUP):
        some = digests[start : start + _LOOKUP]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT digest, vector FROM vectors WHERE digest IN ({marks})", some)  # noqa: S608
        known |= {digest: np.frombuffer(vector, dtype=np.float16) for digest, vector in rows}
    return known


def _write(database: sqlite3.Connection, pairs: Iterable[tuple[bytes, NDArray[np.float16]]]) -> None:
    with database:
        database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(digest, vector.tobytes()) for digest, vector in pairs]
        )


def _digest(role: str, text: str) -> bytes:
    return hashlib.blake2b(f"{role}\0{text}".encode("utf-8", "replace"), digest_size=16).digest()
