"""The tables that the migrations make are those that the program uses."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import api.accounts.models
import api.cases.models
import api.conversations.models  # noqa: F401
import knowledge.models  # noqa: F401
from api.migrate import upgrade
from knowledge.database import Base, sync_engine


def test_migrated_tables_are_those_of_the_models(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new folder' / 'hub.sqlite3'}"
    upgrade(url)
    engine = sync_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert set(Base.metadata.tables) <= set(inspect(connection).get_table_names())
    engine.dispose()


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hub.sqlite3'}"
    upgrade(url)
    engine = sync_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO hubs (id, town, insee) VALUES ('reims', 'Reims', '51454')")
    upgrade(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT town FROM hubs").scalars().all() == ["Reims"]
    engine.dispose()
