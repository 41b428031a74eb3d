"""The starter knowledge, opened once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from api.migrate import upgrade
from knowledge.catalogue import Catalogue
from knowledge.database import sync_engine
from knowledge.search.embedding import load_embedder
from knowledge.search.engine import SearchEngine
from knowledge.starter import load_starter
from tests.serving import DATA_DIR


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, SearchEngine]:
    """As a fresh install has it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pathways') / 'hub.sqlite3'}"
    upgrade(url)
    engine = sync_engine(url)
    with Session(engine) as session, session.begin():
        load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
    catalogue = Catalogue.load(engine)
    engine.dispose()
    return catalogue, SearchEngine.open(catalogue, load_embedder(None), DATA_DIR / "search")
