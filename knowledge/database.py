"""The database: one declarative base for all tables, and engines by URL. SQLite by default, PostgreSQL by URL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import StaticPool

BUSY_TIMEOUT_MS = 30_000
_POSTGRES = "postgresql+psycopg"
_DRIVERS = {"postgresql": (_POSTGRES, _POSTGRES), "postgres": (_POSTGRES, _POSTGRES)}
_DRIVERS["sqlite"] = ("sqlite+pysqlite", "sqlite+aiosqlite")


class Base(DeclarativeBase):
    """Base of every table of the program, with constraint names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def sync_engine(url: str) -> Engine:
    """An engine for imports, migrations and loading. A driver in `url` is replaced by ours; a SQLite folder is created."""
    target = driver_url(url, asynchronous=False)
    engine = create_engine(target, **_options(target))
    _prepare(engine, target)
    return engine


def async_engine(url: str) -> AsyncEngine:
    """An engine for the application's requests. Same URLs as `sync_engine`."""
    target = driver_url(url, asynchronous=True)
    engine = create_async_engine(target, **_options(target))
    _prepare(engine.sync_engine, target)
    return engine


def driver_url(url: str, *, asynchronous: bool) -> URL:
    """`url` with the driver that the program uses. Raises ValueError for a database that it cannot use."""
    parsed = make_url(url)
    backend = parsed.drivername.partition("+")[0]
    if backend not in _DRIVERS:
        raise ValueError(f"database {backend!r} is not supported: expected sqlite or postgresql")
    return parsed.set(drivername=_DRIVERS[backend][asynchronous])


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"poolclass": StaticPool} if _in_memory(url) else {}
    return {"pool_pre_ping": True}


def _prepare(engine: Engine, url: URL) -> None:
    if url.get_backend_name() != "sqlite":
        return
    if not _in_memory(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _set_pragmas)


def _in_memory(url: URL) -> bool:
    return not url.database or url.database == ":memory:"


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
