"""SQLite for requests, with one trip to the thread of a connection for each statement.

aiosqlite makes four: open a cursor, execute, fetch, close. A trip there and back takes longer than most of the
statements of a conversation, and there are dozens a turn.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, Self

import aiosqlite


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
        await self._connection.trip(self._run, "execute", operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Any) -> Self:
        """Run one statement for each set of parameters."""
        await self._connection.trip(self._run, "executemany", operation, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows found, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open."""

    def _run(self, how: str, operation: str, parameters: Any) -> None:
        cursor = self._connection.cursor_of_thread()
        try:
            getattr(cursor, how)(operation, parameters)
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """A connection to the database file `path`. Ending a transaction in which nothing was written costs no trip."""

    def __init__(self, path: str) -> None:
        super().__init__(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
        # A request that is cut must not keep the process from ending.
        self._thread.daemon = True
        self._was_cut = False

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        """A cursor; nothing happens yet."""
        return OneTripCursor(self)

    def cursor_of_thread(self) -> sqlite3.Cursor:
        """A cursor of the driver, for use in the connection's thread."""
        return self._conn.cursor()

    async def trip(self, function: Callable[..., None], *arguments: Any) -> None:
        """Run a function in the connection's thread."""
        try:
            await self._execute(function, *arguments)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            self._was_cut = True
            raise

    async def commit(self) -> None:
        """Commit what was written, if anything."""
        if self._may_have_written():
            await super().commit()

    async def rollback(self) -> None:
        """Take back what was written, if anything."""
        if self._may_have_written():
            await super().rollback()

    def _may_have_written(self) -> bool:
        # The thread may still be at a statement whose request was cut: what it writes comes after this look.
        was_cut, self._was_cut = self._was_cut, False
        return was_cut or self.in_transaction
