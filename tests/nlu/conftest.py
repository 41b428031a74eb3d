"""Entities as a fresh install reads them: from the starter records."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from nlu.entities import EntityExtractor
from nlu.understanding import Context, Entity

TODAY = date(2026, 11, 23)

Facts = list[tuple[str, object, str | None]]
Extract = Callable[..., tuple[Entity, ...]]
Read = Callable[..., Facts]


@pytest.fixture(scope="session")
def catalogue(starter_records: Catalogue) -> Catalogue:
    """The starter records."""
    return starter_records


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
