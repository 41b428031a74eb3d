"""The database: one declarative base, engines for SQLite and PostgreSQL."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from knowledge.sqlite_trips import OneTripConnection

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_SQLITE_BUSY_MS = 10_000


class Base(DeclarativeBase):
    """All tables of the application. Constraints have names, so that migrations can change them."""

    metadata = MetaData(naming_convention=_NAMES)


def sync_engine(url: str) -> Engine:
    """An engine for imports and start-up. `url` is `sqlite:///…` or `postgresql://…`, without a driver."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _create_folder(parsed.database)
        engine = create_engine(parsed.set(drivername="sqlite"))
        event.listen(engine, "connect", _tune_sqlite)
        return engine
    return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def async_engine(url: str) -> AsyncEngine:
    """An engine for requests. `url` as for `sync_engine`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _create_folder(parsed.database)
        connect = partial(OneTripConnection, parsed.database or ":memory:", asyncio.Lock(), _SQLITE_BUSY_MS / 1000)
        engine = create_async_engine(parsed.set(drivername="sqlite+aiosqlite"), async_creator=connect)
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
        return engine
    return create_async_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _create_folder(database: str | None) -> None:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _tune_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={_SQLITE_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
