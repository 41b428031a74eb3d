"""The connection to SQLite that requests use: what they write is kept or taken back whole."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from knowledge.sqlite_trips import OneTripConnection

Opener = Callable[..., Awaitable[OneTripConnection]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one empty table."""
    path = tmp_path / "some.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE words (word TEXT)")
    connection.close()
    return path


@pytest.fixture
async def open_one(file: Path) -> AsyncIterator[Opener]:
    """Opens connections that share their queue."""
    writers, opened = asyncio.Lock(), []

    async def opener(patience: float = 10) -> OneTripConnection:
        connection = await OneTripConnection(str(file), writers, patience)
        assert isinstance(connection, OneTripConnection)
        opened.append(connection)
        return connection

    yield opener
    for connection in opened:
        await connection.close()


@pytest.fixture
async def connection(open_one: Opener) -> OneTripConnection:
    return await open_one()


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


async def test_a_request_that_is_cut_while_it_waits_leaves_the_file_to_others(
    connection: OneTripConnection, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    request = await started(write(connection, "un"))
    request.cancel()
    with suppress(asyncio.CancelledError):
        await request
    ending = asyncio.create_task(connection.rollback())
    await asyncio.sleep(0)
    other.execute("COMMIT")
    other.close()
    await ending
    assert words(file) == []


async def write(connection: OneTripConnection, word: str) -> None:
    await connection.cursor().execute("INSERT INTO words VALUES (?)", (word,))
    await connection.commit()


async def started(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """The work, gone as far as it can for now."""
    task = asyncio.create_task(work)
    await asyncio.sleep(0.05)
    assert not task.done()
    return task


async def test_who_writes_waits_in_the_order_of_coming(open_one: Opener, file: Path) -> None:
    first, *others = [await open_one() for _ in range(4)]
    await first.cursor().execute("INSERT INTO words VALUES ('un')")
    waiting = [await started(write(one, word)) for one, word in zip(others, ("deux", "trois", "quatre"), strict=True)]
    await first.commit()
    await asyncio.gather(*waiting)
    assert words(file) == ["un", "deux", "trois", "quatre"]


async def test_who_reads_does_not_wait(open_one: Opener) -> None:
    writer, reader = await open_one(), await open_one()
    await writer.cursor().execute("PRAGMA journal_mode=WAL")
    await writer.cursor().execute("INSERT INTO words VALUES ('un')")
    assert await (await reader.cursor().execute("SELECT word FROM words")).fetchall() == []


async def test_a_write_that_fails_lets_the_next_one_write(open_one: Opener, file: Path) -> None:
    first, second = await open_one(), await open_one()
    with pytest.raises(sqlite3.OperationalError):
        await first.cursor().execute("INSERT INTO nowhere VALUES ('un')")
    waiting = await started(write(second, "deux"))
    await first.rollback()
    await waiting
    assert words(file) == ["deux"]


async def test_a_part_of_a_transaction_is_taken_back_alone(connection: OneTripConnection, file: Path) -> None:
    cursor = connection.cursor()
    for statement in (
        "SAVEPOINT first",
        "INSERT INTO words VALUES ('un')",
        "SAVEPOINT second",
        "INSERT INTO words VALUES ('deux')",
        "ROLLBACK TO SAVEPOINT second",
    ):
        await cursor.execute(statement)
    await connection.commit()
    assert words(file) == ["un"]


@pytest.mark.parametrize("ending", ["rollback", "close"])
async def test_what_ends_without_being_kept_lets_the_next_one_write(open_one: Opener, file: Path, ending: str) -> None:
    first, second = await open_one(), await open_one()
    await first.cursor().execute("INSERT INTO words VALUES ('un')")
    waiting = await started(write(second, "deux"))
    await getattr(first, ending)()
    await waiting
    assert words(file) == ["deux"]


async def test_who_waits_too_long_is_told_and_leaves_the_queue(open_one: Opener, file: Path) -> None:
    first, hasty = await open_one(), await open_one(patience=0.01)
    await first.cursor().execute("INSERT INTO words VALUES ('un')")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await write(hasty, "deux")
    await first.commit()
    await write(hasty, "trois")
    assert words(file) == ["un", "trois"]


async def test_another_process_that_writes_is_waited_for_without_holding_up_anybody(
    connection: OneTripConnection, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = await started(write(connection, "deux"))
    other.execute("INSERT INTO words VALUES ('un')")
    other.execute("COMMIT")
    other.close()
    await waiting
    assert words(file) == ["un", "deux"]


async def test_another_process_that_never_ends_is_not_waited_for_for_ever(open_one: Opener, file: Path) -> None:
    hasty = await open_one(patience=0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await write(hasty, "un")
    await hasty.rollback()
    other.close()
    await write(hasty, "deux")
    assert words(file) == ["deux"]
