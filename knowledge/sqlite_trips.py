"""SQLite for requests: as few trips to the thread of a connection as can be, and writers in a queue.

aiosqlite makes four trips for each statement: open a cursor, execute, fetch, close. A trip there and back takes longer
than most of the statements of a conversation, and there are dozens a turn. Here a statement makes one; and none once
the connection may write, for then it has nothing to wait for, and the sooner it ends the sooner others may write.

Who wants to write waits in the order of coming. SQLite itself lets them try again after sleeping ever longer, whoever
came first: with ten people at once the unlucky waited for seconds while the file was free.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Self

import aiosqlite

# The statements before which Python begins a transaction, and the one that begins it by itself.
_WRITES = re.compile(r"\s*(insert|update|delete|replace|savepoint)\b", re.IGNORECASE)


class OneTripCursor:
    """What SQLAlchemy asks of an asynchronous cursor. Rows are fetched with the statement that finds them."""

    arraysize = 1

    def __init__(self, connection: "OneTripConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        """Run one statement."""
        await self._connection.run(operation, partial(self._run, "execute", operation, parameters))
        return self

    async def executemany(self, operation: str, parameters: Any) -> Self:
        """Run one statement for each set of parameters."""
        await self._connection.run(operation, partial(self._run, "executemany", operation, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        """The rows found, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open."""

    def _run(self, how: str, operation: str, parameters: Any) -> None:
        cursor = self._connection.cursor_of_driver()
        try:
            getattr(cursor, how)(operation, parameters)
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """A connection to the database file `path`. Ending a transaction in which nothing was written costs no trip.

    `writers` is common to all connections to this file: its holder is the one that may write. Who waits for it longer
    than `patience` seconds gets the error of a locked database.
    """

    def __init__(self, path: str, writers: asyncio.Lock, patience: float) -> None:
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
        # A request that is cut must not keep the process from ending.
        self._thread.daemon = True
        self._was_cut = False
        self._writers = writers
        self._patience = patience
        self._may_write = False

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        """A cursor; nothing happens yet."""
        return OneTripCursor(self)

    def cursor_of_driver(self) -> sqlite3.Cursor:
        """A cursor of the driver, for use where the statement runs."""
        return self._conn.cursor()

    async def run(self, operation: str, statement: Callable[[], None]) -> None:
        """Run the statement `operation`. Raises OperationalError where others write for longer than `patience`."""
        if not self._may_write and _WRITES.match(operation):
            await self._begin_to_write()
        if self._has_the_file():
            statement()
        else:
            await self._trip(statement)

    async def _begin_to_write(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await self._writers.acquire()
        except TimeoutError:
            message = "database is locked"
            raise sqlite3.OperationalError(message) from None
        self._may_write = True
        if not self._begin_at_once():
            # Another process writes.
            await self._trip(partial(self._conn.execute, "BEGIN IMMEDIATE"))

    def _begin_at_once(self) -> bool:
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={self._patience * 1000:.0f}")
        return True

    async def _trip(self, function: Callable[[], Any]) -> None:
        try:
            await self._execute(function)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            self._was_cut = True
            raise

    async def commit(self) -> None:
        """Commit what was written, if anything."""
        if self._has_the_file():
            self._conn.commit()
        elif self._may_have_written():
            await super().commit()
        self._let_others_write()

    async def rollback(self) -> None:
        """Take back what was written, if anything."""
        try:
            if self._has_the_file():
                self._conn.rollback()
            elif self._may_have_written():
                await super().rollback()
        finally:
            self._let_others_write()

    def stop(self) -> asyncio.Future[Any] | None:
        """End the connection's thread; what was not committed is lost."""
        self._let_others_write()
        return super().stop()

    def _has_the_file(self) -> bool:
        # After a cut the thread may still be at a statement.
        return self._may_write and self.in_transaction and not self._was_cut

    def _let_others_write(self) -> None:
        if self._may_write:
            self._may_write = False
            self._writers.release()

    def _may_have_written(self) -> bool:
        # The thread may still be at a statement whose request was cut: what it writes comes after this look.
        was_cut, self._was_cut = self._was_cut, False
        return was_cut or self.in_transaction
