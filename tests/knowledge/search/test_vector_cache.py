from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from knowledge.search.embedding import Embedder, Vectors, load_embedder
from knowledge.search.vector_cache import VectorCache


@dataclass
class Counting:
    """The real embedder, counting the passages that it embeds."""

    real: Embedder
    fingerprint: str
    embedded: list[str] = field(default_factory=list)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.real.passages(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self.real.queries(texts)


def counting(fingerprint: str = "first") -> Counting:
    return Counting(load_embedder(), fingerprint)


def test_a_text_is_embedded_once_for_all_openings(tmp_path: Path) -> None:
    first = counting()
    VectorCache(tmp_path, first).passages(["pain", "droit", "pain"])  # type: ignore[arg-type]
    again = counting()
    VectorCache(tmp_path, again).passages(["droit", "bois"])  # type: ignore[arg-type]
    assert first.embedded == ["pain", "droit"]
    assert again.embedded == ["bois"]


def test_kept_vectors_are_those_of_the_embedder(tmp_path: Path) -> None:
    embedder = load_embedder()
    VectorCache(tmp_path, embedder).passages(["pain", "droit"])
    kept = VectorCache(tmp_path, embedder).passages(["droit", "pain"])
    np.testing.assert_allclose(kept, embedder.passages(["droit", "pain"]), atol=1e-3)


def test_another_model_is_never_given_these_vectors(tmp_path: Path) -> None:
    VectorCache(tmp_path, counting("first")).passages(["pain"])  # type: ignore[arg-type]
    other = counting("second")
    VectorCache(tmp_path, other).passages(["pain"])  # type: ignore[arg-type]
    assert other.embedded == ["pain"]


def test_a_passage_is_not_a_query(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, load_embedder())
    assert not np.allclose(cache.passages(["pain"]), cache.queries(["pain"]), atol=1e-2)


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"texte {n}" for n in range(150)]
    VectorCache(tmp_path, load_embedder()).passages(texts, lambda done, total: told.append((done, total)))
    assert told[-1] == (150, 150)
    assert told == sorted(told)


def test_no_text_needs_no_vector(tmp_path: Path) -> None:
    assert VectorCache(tmp_path, load_embedder()).passages([]).shape == (0, 384)
