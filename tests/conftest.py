"""What holds for every test: in continuous integration, a skipped test is a failure."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.api.post import Mailbox, mail_server
from tests.serving import Server, serving

# No test measures time: a busy machine makes none fail.
settings.register_profile("hub", deadline=None)
settings.load_profile("hub")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run with skips into a failed one where `HUB_FAIL_ON_SKIP` is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HUB_FAIL_ON_SKIP") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


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
