"""The tables that the migrations make, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from api.migrate import upgrade
from knowledge.catalogue import Catalogue
from knowledge.database import Base, sync_engine
from knowledge.starter import load_starter
from tests.postgres import Postgres

# A case and whose it is, as they were kept before a case had the moments of its timers.
ROWS = (
    "INSERT INTO accounts (id, email, name, password_hash, hubs, must_change, created_at) "
    "VALUES ('a', 'claire@hub.test', 'Claire', 'x', '[\"*\"]', false, '2026-01-05 09:00:00+00:00')",
    "INSERT INTO conversations (id, token_hash, channel, owner, session, session_messages, profile, evidence, memory, "
    "created_at, updated_at, learning_consent) VALUES ('c', 'x', 'web', 'waiting', 1, 1, '{}', '{}', '{}', "
    "'2026-01-05 09:00:00+00:00', '2026-01-05 09:00:00+00:00', false)",
    "INSERT INTO cases (id, conversation_id, status, reasons, priority, opened_at) "
    "VALUES ('k', 'c', 'pending', '[\"asked\"]', 1, '2026-01-05 09:00:00+00:00')",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'hub.sqlite3'}"
    else:
        with request.getfixturevalue("postgres").empty() as empty:
            yield empty


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = sync_engine(url)
    yield opened
    opened.dispose()


def test_the_tables_are_those_of_the_models(url: str, engine: Engine) -> None:
    upgrade(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_what_was_there_is_kept_and_completed(url: str, engine: Engine) -> None:
    upgrade(url, "0005")
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row))
    upgrade(url)
    with engine.connect() as connection:
        case = connection.execute(text("SELECT opened_at, waiting_since, active_at, regional FROM cases")).one()
        account = connection.execute(text("SELECT role, active, totp_on FROM accounts")).one()
    assert case.waiting_since == case.opened_at
    assert (case.active_at, bool(case.regional)) == (None, False)
    assert (account.role, bool(account.active), bool(account.totp_on)) == ("administrator", True, False)


def test_a_second_time_changes_nothing(url: str, engine: Engine) -> None:
    upgrade(url)
    with engine.begin() as connection:
        connection.execute(text(ROWS[1]))
    tables = set(inspect(engine).get_table_names())
    upgrade(url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM conversations")) == 1
    assert set(inspect(engine).get_table_names()) == tables


def test_postgresql_takes_the_starter_records_once(postgres: Postgres) -> None:
    with postgres.empty() as url:
        upgrade(url)
        engine = sync_engine(url)
        for moment, is_new in ((datetime(2026, 11, 23, tzinfo=UTC), True), (datetime(2026, 11, 24, tzinfo=UTC), False)):
            with Session(engine) as session, session.begin():
                assert load_starter(session, moment) == is_new
        catalogue = Catalogue.load(engine)
        engine.dispose()
    assert len(catalogue.hubs) == 15
    assert catalogue.communes
    assert catalogue.certifications
