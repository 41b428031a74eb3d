import pytest

from knowledge.search.embedding import Embedder, load_embedder
from knowledge.search.engine import SearchEngine
from tests.knowledge.search.certifications import CATALOGUE


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def engine(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    return SearchEngine.open(CATALOGUE, embedder, tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="session")
def broken_embedder() -> Embedder:
    def load() -> object:
        raise OSError("no model here")

    return Embedder(load, fingerprint="broken")


@pytest.fixture(scope="session")
def words_only(broken_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """The engine as it is when no vector can be had."""
    return SearchEngine.open(CATALOGUE, broken_embedder, tmp_path_factory.mktemp("words"))
