"""The real assistant for tests: `hub prepare` then `hub serve`, as an operator runs them, on free ports."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
HUB = ROOT / ".venv" / "bin" / "hub"
# Models and index are kept between runs and rebuilt only when what they are made from changed.
DATA_DIR = ROOT / "var" / "tests"
COUNSELLOR = ("claire@hub.test", "une phrase de passe pour les tests")
SECOND_COUNSELLOR = ("paul@hub.test", "une autre phrase de passe pour les tests")
TODAY = "2026-11-23"
READY_SECONDS = 180


@dataclass(slots=True)
class Server:
    """A running assistant: its public address, its address on loopback, its process and what it was started with."""

    url: str
    internal_url: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: Mapping[str, str]

    def start_again(self) -> None:
        """Serve again, on the same addresses and data, once the process has ended."""
        self.process.wait(20)
        deadline = time.monotonic() + READY_SECONDS
        while True:
            self.process = _served(self.environment, self.log)
            try:
                return _wait_until_ready(self)
            except RuntimeError:
                # The dialogue engine of a killed process lets go of its port a moment later.
                if "déjà pris" not in self.log.read_text("utf-8") or time.monotonic() > deadline:
                    raise


@contextmanager
def serving(database: Path, **settings: str) -> Iterator[Server]:
    """Serve the assistant on a fresh `database` file; `settings` are further environment variables."""
    public, internal, rasa = _free_ports(3)
    bootstrap = ",".join(":".join(account) for account in (COUNSELLOR, SECOND_COUNSELLOR))
    environment = os.environ | {
        "HUB_DATA_DIR": str(DATA_DIR),
        "HUB_DATABASE_URL": f"sqlite:///{database}",
        "HUB_PORT": str(public),
        "HUB_INTERNAL_PORT": str(internal),
        "HUB_RASA_PORT": str(rasa),
        "HUB_BOOTSTRAP_COUNSELLOR": bootstrap,
        "HUB_TODAY": TODAY,
        **settings,
    }
    subprocess.run([HUB, "prepare"], cwd=ROOT, env=environment, check=True)
    log = database.with_suffix(".log")
    process = _served(environment, log)
    server = Server(f"http://127.0.0.1:{public}", f"http://127.0.0.1:{internal}", process, log, environment)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        server.process.send_signal(signal.SIGTERM)
        try:
            server.process.wait(20)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait(5)


def _served(environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen([HUB, "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output)


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            if httpx.get(f"{server.internal_url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise RuntimeError(f"the assistant did not start:\n{server.log.read_text(encoding='utf-8')[-4000:]}")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
