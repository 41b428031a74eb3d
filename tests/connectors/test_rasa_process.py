"""Rasa as a child process, for real: trained, started, killed, started again, stopped."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import httpx
import pytest
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from bot.turn import TurnMetadata
from connectors.rasa.client import DialogueUnavailable, RasaClient
from connectors.rasa.process import DialogueNotPrepared, RasaProcess, RasaSettings, event_of
from connectors.rasa.trackers import erase_trackers
from connectors.rasa.training import DialogueTrainingFailed, train
from tests.serving import ROOT

PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
PATIENCE_SECONDS = 90
FILES = {
    "config.yml": """
        recipe: default.v1
        assistant_id: test
        language: fr
        pipeline: []
        policies: [{name: RulePolicy}]
    """,
    "domain/domain.yml": """
        version: "3.1"
        intents: [greet]
        actions: [action_say]
    """,
    "data/rules.yml": """
        version: "3.1"
        rules:
          - rule: greet
            steps: [{intent: greet}, {action: action_say}]
    """,
    "credentials.yml": "rest:",
    "endpoints.yml": """
        nlu:
          url: ${HUB_INTERNAL_URL}
        tracker_store:
          type: SQL
          dialect: sqlite
          db: ${HUB_RASA_TRACKER}
    """,
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> RasaSettings:
    """A small project of its own, trained."""
    folder = tmp_path_factory.mktemp("rasa")
    for name, content in FILES.items():
        file = folder / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(content))
    settings = RasaSettings(
        python=PYTHON,
        port=_free_port(),
        data_dir=folder / "var",
        internal_url=f"http://127.0.0.1:{_free_port()}",
        secret="s",
        project=folder / "project",
    )
    with pytest.raises(DialogueNotPrepared):
        settings.check()
    assert train(settings)
    settings.check()
    return settings


@pytest.fixture
async def running(rasa: RasaSettings) -> AsyncIterator[RasaProcess]:
    """Rasa, watched."""
    process = RasaProcess(replace(rasa, port=_free_port()))
    watching = asyncio.create_task(process.watch())
    yield process
    await process.stop()
    await asyncio.wait_for(watching, PATIENCE_SECONDS)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what is about to happen."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs (and is not only waiting to be forgotten)."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_an_unchanged_project_is_not_trained_again(rasa: RasaSettings) -> None:
    assert not train(rasa)


def test_a_project_that_rasa_refuses(rasa: RasaSettings, tmp_path: Path) -> None:
    broken = tmp_path / "project"
    (broken / "data").mkdir(parents=True)
    (broken / "domain").mkdir()
    (broken / "config.yml").write_text("policies: [{name: NoSuchPolicy}]\n")
    with pytest.raises(DialogueTrainingFailed) as raised:
        train(replace(rasa, project=broken, data_dir=tmp_path / "var"))
    assert Path(str(raised.value.params["log"])).read_text()


async def test_killed_it_comes_back_and_stopped_it_is_gone(rasa: RasaSettings) -> None:
    process = RasaProcess(replace(rasa, port=_free_port()))
    watching = asyncio.create_task(process.watch())
    await until(lambda: process.state == "up")
    first = process.pid
    assert first is not None
    with capture_logs():
        os.kill(first, signal.SIGKILL)
        await until(lambda: process.state != "up")
        await until(lambda: process.state == "up")
    second = process.pid
    assert second not in {None, first}
    assert second is not None
    assert process.restarts == 1
    await process.stop()
    await asyncio.wait_for(watching, PATIENCE_SECONDS)
    assert process.state == "stopped"
    assert not alive(second)


async def test_its_store_is_erased_with_the_conversation(running: RasaProcess) -> None:
    await until(lambda: running.state == "up")
    client = RasaClient(httpx.AsyncClient(base_url=running.settings.url, trust_env=False))
    metadata = TurnMetadata(conversation="abc", seq=1, channel="web", owner="bot", today=date(2026, 11, 23))
    for sender in ("abc.1", "abc.2", "abcd.1"):
        with suppress(DialogueUnavailable):
            await client.turn(sender, "un secret", metadata)
    await client.close()
    store = running.settings.trackers
    assert senders(store) == {"abc.1", "abc.2", "abcd.1"}
    erase_trackers(store, "abc")
    assert senders(store) == {"abcd.1"}


def senders(store: Path) -> set[str]:
    engine = create_engine(f"sqlite:///{store}")
    with engine.connect() as connection:
        found = {row[0] for row in connection.execute(text("SELECT DISTINCT sender_id FROM events"))}
    engine.dispose()
    return found


def test_without_a_store_there_is_nothing_to_erase(tmp_path: Path) -> None:
    erase_trackers(tmp_path / "none.sqlite3", "abc")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.sqlite3").touch()
    erase_trackers(tmp_path / "empty.sqlite3", "abc")


async def test_an_engine_that_does_not_start_is_tried_again_and_its_words_are_not_logged(
    rasa: RasaSettings, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nprint('2026-01-01 ERROR    rasa.core  - Failed: text=mon secret')\n")
    python.chmod(0o755)
    process = RasaProcess(replace(rasa, python=python, port=_free_port()))
    with capture_logs() as logs:
        watching = asyncio.create_task(process.watch())
        await until(lambda: process.restarts == 2)
        await process.stop()
        await watching
    assert {"dialogue_engine", "dialogue_engine_down"} <= {entry["event"] for entry in logs}
    assert "secret" not in str(logs)
    pauses = [entry["pause"] for entry in logs if entry["event"] == "dialogue_engine_down"]
    assert pauses == [1.0, 2.0]


async def test_an_engine_that_is_not_there(rasa: RasaSettings, tmp_path: Path) -> None:
    process = RasaProcess(replace(rasa, python=tmp_path / "none"))
    with capture_logs() as logs:
        watching = asyncio.create_task(process.watch())
        await until(lambda: process.state == "down")
        await process.stop()
        await watching
    assert logs[0]["event"] == "dialogue_engine_not_started"


def test_it_does_not_outlive_the_application(rasa: RasaSettings, tmp_path: Path) -> None:
    """A parent that is killed leaves no engine behind."""
    script = tmp_path / "parent.py"
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nimport time\nprint('started', flush=True)\ntime.sleep(120)\n")
    python.chmod(0o755)
    script.write_text(
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from connectors.rasa.process import RasaProcess, RasaSettings\n"
        "async def main():\n"
        "    here = Path(sys.argv[1])\n"
        "    rasa = RasaProcess(RasaSettings(here / 'python', 1, here / 'var', '', '', here))\n"
        "    asyncio.create_task(rasa.watch())\n"
        "    while rasa.pid is None:\n"
        "        await asyncio.sleep(0.01)\n"
        "    print(rasa.pid, flush=True)\n"
        "    await asyncio.sleep(120)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, script, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        engine = int(parent.stdout.readline())
        assert alive(engine)
        parent.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while alive(engine) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(engine)


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("2026-11-25 04:15:14 ERROR    rasa.core.http  - Failed to parse text 'mon secret'", "rasa.core.http"),
        ("CRITICAL rasa.core.run - stopped", "rasa.core.run"),
        ("2026-11-25 04:15:14 WARNING  rasa.shared - text=mon secret", None),
        ("mon secret", None),
        ("", None),
    ],
)  # fmt: skip
def test_of_a_line_of_its_log_only_the_name_of_an_error_is_kept(line: str, event: str | None) -> None:
    assert event_of(line) == event
