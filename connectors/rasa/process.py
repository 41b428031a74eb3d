"""The Rasa process: started on loopback, watched, restarted with growing pauses, stopped cleanly."""

import asyncio
import ctypes
import os
import re
import signal
from asyncio.subprocess import Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx
import structlog

from knowledge.errors import Unavailable

PartState = Literal["starting", "up", "down", "stopped"]

_log = structlog.get_logger("dialogue")
PROJECT = Path(__file__).parents[2] / "bot" / "rasa"
# The command line of Rasa, with one thing done once (see there).
START = PROJECT / "start.py"
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_CHECK_EVERY, _CHECKS_FAILED_BEFORE_RESTART = 2.0, 5
_START_SECONDS, _START_CHECK_EVERY = 90.0, 0.25
_STOP_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
# Rasa's error lines can quote what the person wrote: only the level and the name of the event are kept.
_EVENT = re.compile(r"\b(?:ERROR|CRITICAL)\b\s+([\w.]+)")


class DialogueNotPrepared(Unavailable):
    """Rasa is not installed, or its model was not trained yet."""

    code = "not_prepared"


@dataclass(frozen=True, slots=True)
class RasaSettings:
    """Where Rasa and its `project` are, and what it needs to reach back: `internal_url` and `secret` of the
    application's inner listener."""

    python: Path
    port: int
    data_dir: Path
    internal_url: str
    secret: str
    project: Path = PROJECT

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def model(self) -> Path:
        """The trained dialogue model."""
        return self.data_dir / "rasa" / "models" / "dialogue.tar.gz"

    @property
    def trackers(self) -> Path:
        """The engine's own store of conversations."""
        return self.data_dir / "rasa" / "trackers.sqlite3"

    def check(self) -> None:
        """Raises DialogueNotPrepared where Rasa is not installed or no model was trained."""
        if not self.python.exists() or not self.model.is_file():
            raise DialogueNotPrepared

    def environment(self) -> Mapping[str, str]:
        """Environment of the process. Telemetry is off; nothing but loopback is reached."""
        return os.environ | {
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONWARNINGS": "ignore",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "SANIC_GRACEFUL_SHUTDOWN_TIMEOUT": "1.0",
            "HUB_INTERNAL_URL": self.internal_url,
            "HUB_INTERNAL_SECRET": self.secret,
            "HUB_RASA_TRACKER": str(self.trackers.resolve()),
        }


@dataclass(slots=True)
class RasaProcess:
    """Keeps one Rasa server running while `watch` runs. `state` says how it is."""

    settings: RasaSettings
    state: PartState = "stopped"
    restarts: int = 0
    _process: Process | None = None
    _logging: asyncio.Task[None] | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._process.pid if self._process else None

    async def watch(self) -> None:
        """Start Rasa and keep it up until `stop`. A start that fails is tried again after 1, 2, 4… seconds, 60 at
        most."""
        pause = _FIRST_PAUSE
        # Loopback is never reached through a proxy.
        async with httpx.AsyncClient(base_url=self.settings.url, timeout=5, trust_env=False) as http:
            while not self._stopping.is_set():
                self.state = "starting"
                if await self._start() and await self._came_up(http):
                    self.state, pause = "up", _FIRST_PAUSE
                    await self._until_down(http)
                if self._stopping.is_set():
                    break
                self.state = "down"
                self.restarts += 1
                _log.warning("dialogue_engine_down", pause=pause, restarts=self.restarts)
                await self._end()
                await self._sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        await self._end()
        self.state = "stopped"

    async def stop(self) -> None:
        """Ask the process to end, then make it."""
        self._stopping.set()
        await self._end()

    async def _start(self) -> bool:
        self.settings.trackers.parent.mkdir(parents=True, exist_ok=True)
        arguments = (str(START), "run", "--interface", "127.0.0.1", "--port", str(self.settings.port))
        model = ("--model", str(self.settings.model.resolve()))
        files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
        try:
            self._process = await asyncio.create_subprocess_exec(
                str(self.settings.python.absolute()),
                *(*arguments, *model, *files),
                cwd=self.settings.project,
                env=self.settings.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        except OSError as error:
            _log.error("dialogue_engine_not_started", reason=error.strerror)
            return False
        self._logging = asyncio.create_task(_relay(self._process))
        return True

    async def _came_up(self, http: httpx.AsyncClient) -> bool:
        for _ in range(int(_START_SECONDS / _START_CHECK_EVERY)):
            if self._has_ended() or self._stopping.is_set():
                return False
            if await _answers(http):
                return True
            await self._sleep(_START_CHECK_EVERY)
        return False

    async def _until_down(self, http: httpx.AsyncClient) -> None:
        failures = 0
        while not self._stopping.is_set() and not self._has_ended() and failures < _CHECKS_FAILED_BEFORE_RESTART:
            failures = 0 if await _answers(http) else failures + 1
            await self._sleep_or_end(_CHECK_EVERY)

    def _has_ended(self) -> bool:
        return self._process is None or self._process.returncode is not None

    async def _sleep_or_end(self, seconds: float) -> None:
        if self._process is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), seconds)

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _answers(http: httpx.AsyncClient) -> bool:
    """Whether the server is up: it answers once its model is loaded."""
    try:
        return (await http.get("/")).is_success
    except httpx.HTTPError:
        return False


async def _relay(process: Process) -> None:
    assert process.stdout is not None  # noqa: S101 - the pipe was asked for
    while not process.stdout.at_eof():
        try:
            raw = await process.stdout.readline()
        except ValueError:  # a line longer than the reader's buffer, which it drops
            continue
        event = event_of(raw.decode("utf-8", "replace"))
        if event:
            _log.error("dialogue_engine", event_name=event)


def event_of(line: str) -> str | None:
    """The name of the event of an error line of Rasa, without its words; None for any other line."""
    found = _EVENT.search(line)
    return found.group(1)[:80] if found else None


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
