"""A real database with its tables and nothing in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.database import Base, sync_engine


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[Engine]:
    """An SQLite database of this test alone."""
    engine = sync_engine(f"sqlite:///{tmp_path / 'hub.sqlite3'}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()
