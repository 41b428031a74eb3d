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

PartState = Literal["starting", "up", "down", "stopped"]

_log = structlog.get_logger("dialogue")
_PROJECT = Path(__file__).parents[2] / "bot" / "rasa"
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_CHECK_EVERY, _CHECKS_FAILED_BEFORE_RESTART = 2.0, 5
_START_SECONDS = 90.0
_STOP_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1
# Rasa's error lines can quote what the person wrote: only the level and the name of the event are kept.
_EVENT = re.compile(r"\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b\s+([\w.]+)")


@dataclass(frozen=True, slots=True)
class RasaSettings:
    """Where Rasa is and what it needs to reach back: `internal_url` and `secret` of the application's inner
    listener."""

    python: Path
    port: int
    data_dir: Path
    internal_url: str
    secret: str

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

    def environment(self) -> Mapping[str, str]:
        """Environment of the process. Telemetry is off; nothing but loopback is reached."""
        return os.environ | {
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONWARNINGS": "ignore",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
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
    _stopping: bool = field(default=False)

    async def watch(self) -> None:
        """Start Rasa and keep it up until `stop`. A start that fails is tried again after 1, 2, 4… seconds, 60 at
        most."""
        pause = _FIRST_PAUSE
        while not self._stopping:
            self.state = "starting"
            await self._start()
            if await self._came_up():
                self.state, pause = "up", _FIRST_PAUSE
                await self._until_down()
            if self._stopping:
                break
            self.state = "down"
            self.restarts += 1
            _log.warning("dialogue_engine_down", pause=pause, restarts=self.restarts)
            await self._end()
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        await self._end()
        self.state = "stopped"

    async def stop(self) -> None:
        """Ask the process to end, then make it."""
        self._stopping = True
        await self._end()

    async def _start(self) -> None:
        self.settings.trackers.parent.mkdir(parents=True, exist_ok=True)
        arguments = ("-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(self.settings.port))
        files = (
            "--model",
            str(self.settings.model.resolve()),
            "--endpoints",
            "endpoints.yml",
            "--credentials",
            "credentials.yml",
        )
        self._process = await asyncio.create_subprocess_exec(
            str(self.settings.python.absolute()),
            *arguments,
            *files,
            cwd=_PROJECT,
            env=self.settings.environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self._logging = asyncio.create_task(_relay(self._process))

    async def _came_up(self) -> bool:
        for _ in range(int(_START_SECONDS / 0.5)):
            if self._process is None or self._process.returncode is not None:
                return False
            if await self._answers():
                return True
            await asyncio.sleep(0.5)
        return False

    async def _until_down(self) -> None:
        failures = 0
        while not self._stopping and failures < _CHECKS_FAILED_BEFORE_RESTART:
            if self._process is None or self._process.returncode is not None:
                return
            failures = 0 if await self._answers() else failures + 1
            await asyncio.sleep(_CHECK_EVERY)

    async def _answers(self) -> bool:
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(self.settings.url, timeout=5)).is_success
        except httpx.HTTPError:
            return False

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    _logging: asyncio.Task[None] | None = None


async def _relay(process: Process) -> None:
    assert process.stdout is not None  # noqa: S101 - the pipe was asked for
    async for raw in process.stdout:
        found = _EVENT.search(raw.decode("utf-8", "replace"))
        if found and found.group(1) in {"ERROR", "CRITICAL"}:
            _log.error("dialogue_engine", event_name=found.group(2)[:80])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
