"""Entities as a fresh install reads them: from the starter records."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue
from knowledge.database import Base, sync_engine
from knowledge.starter import load_starter
from nlu.entities import EntityExtractor
from nlu.understanding import Context, Entity

TODAY = date(2026, 11, 23)

Facts = list[tuple[str, object, str | None]]
Extract = Callable[..., tuple[Entity, ...]]
Read = Callable[..., Facts]


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The starter records, from a real database."""
    engine = sync_engine(f"sqlite:///{tmp_path_factory.mktemp('nlu') / 'hub.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
    found = Catalogue.load(engine)
    engine.dispose()
    return found


@pytest.fixture(scope="session")
def extract(catalogue: Catalogue) -> Extract:
    """The entities of a message."""
    extractor = EntityExtractor(catalogue)

    def entities(text: str, asked: str | None = None, hub: str | None = None) -> tuple[Entity, ...]:
        return extractor.extract(text, Context(TODAY, asked, hub))

    return entities


@pytest.fixture(scope="session")
def read(extract: Extract) -> Read:
    """The facts of some kinds in a message, as (entity, value, role)."""

    def facts(text: str, *kinds: str, asked: str | None = None) -> Facts:
        found = extract(text, asked)
        return [(e.entity, e.value, e.role) for e in found if e.entity in kinds]

    return facts
