"""What holds for every test: in continuous integration, a skipped test is a failure."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole assistant, real Rasa included, for the tests that talk to it over HTTP or in a browser."""
    with serving(tmp_path_factory.mktemp("server") / "hub.sqlite3", HUB_MESSAGES_PER_MINUTE="0") as running:
        yield running
