"""What holds for every test: in continuous integration, a skipped test is a failure."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue
from knowledge.database import Base, sync_engine
from knowledge.search.embedding import load_embedder
from knowledge.search.engine import SearchEngine
from knowledge.starter import load_starter
from tests.api.post import Mailbox, mail_server
from tests.serving import DATA_DIR, Server, serving

# No test measures time: a busy machine makes none fail.
settings.register_profile("hub", deadline=None)
settings.load_profile("hub")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run with skips into a failed one where `HUB_FAIL_ON_SKIP` is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HUB_FAIL_ON_SKIP") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def starter_records(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The starter records as a fresh install has them, read from a real database."""
    engine = sync_engine(f"sqlite:///{tmp_path_factory.mktemp('starter') / 'hub.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
    catalogue = Catalogue.load(engine)
    engine.dispose()
    return catalogue


@pytest.fixture(scope="session")
def starter(starter_records: Catalogue) -> tuple[Catalogue, SearchEngine]:
    """The starter records, and the search over them: opened once for all tests, which never change them."""
    return starter_records, SearchEngine.open(starter_records, load_embedder(None), DATA_DIR / "search")


@pytest.fixture(scope="session")
def letters() -> Iterator[Mailbox]:
    """The mail server to which the whole assistant sends."""
    with mail_server() as box:
        yield box


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, letters: Mailbox) -> Iterator[Server]:
    """The whole assistant, real Rasa included, for the tests that talk to it over HTTP or in a browser."""
    settings = {
        "HUB_MESSAGES_PER_MINUTE": "0",
        "HUB_SMTP_URL": letters.url,
        "HUB_MAIL_FROM": "ne-pas-repondre@hub.test",
        "HUB_TICK_SECONDS": "1",
    }
    with serving(tmp_path_factory.mktemp("server") / "hub.sqlite3", **settings) as running:
        yield running
