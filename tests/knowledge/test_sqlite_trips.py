"""The connection to SQLite that requests use: what they write is kept or taken back whole."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from knowledge.sqlite_trips import OneTripConnection


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one empty table."""
    path = tmp_path / "some.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
    connection.close()
    return path


@pytest.fixture
async def connection(file: Path) -> AsyncIterator[OneTripConnection]:
    opened = await OneTripConnection(str(file))
    assert isinstance(opened, OneTripConnection)
    yield opened
    await opened.close()


def words(file: Path) -> list[str]:
    """What another connection reads, and that it could write at once."""
    other = sqlite3.connect(file, timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
        return [word for (word,) in other.execute("SELECT word FROM words")]
    finally:
        other.close()


async def test_what_is_committed_is_kept(connection: OneTripConnection, file: Path) -> None:
    cursor = connection.cursor()
    await cursor.executemany("INSERT INTO words VALUES (?)", [("un",), ("deux",)])
    assert cursor.rowcount == 2
    await connection.commit()
    assert words(file) == ["un", "deux"]


async def test_rows_come_with_the_names_of_their_columns(connection: OneTripConnection) -> None:
    cursor = await connection.cursor().execute("SELECT 1 AS one, ? AS two", (2,))
    assert [column[0] for column in cursor.description] == ["one", "two"]
    assert await cursor.fetchall() == [(1, 2)]
    assert await cursor.fetchall() == []


async def test_what_is_rolled_back_is_not_kept(connection: OneTripConnection, file: Path) -> None:
    await connection.cursor().execute("INSERT INTO words VALUES ('un')")
    await connection.rollback()
    assert words(file) == []


async def test_an_error_leaves_the_connection_usable(connection: OneTripConnection, file: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await connection.cursor().execute("SELECT nothing FROM nowhere")
    await connection.cursor().execute("INSERT INTO words VALUES ('un')")
    await connection.commit()
    assert words(file) == ["un"]


async def test_what_a_cut_request_was_writing_is_taken_back(connection: OneTripConnection, file: Path) -> None:
    writing, may_go_on = threading.Event(), threading.Event()

    def slow() -> str:
        writing.set()
        may_go_on.wait()
        return "lent"

    await connection.create_function("slow", 0, slow)
    request = asyncio.ensure_future(connection.cursor().execute("INSERT INTO words SELECT slow()"))
    await asyncio.to_thread(writing.wait)
    request.cancel()
    with suppress(asyncio.CancelledError):
        await request
    ending = asyncio.ensure_future(connection.rollback())
    await asyncio.sleep(0)
    may_go_on.set()
    await ending
    assert words(file) == []
