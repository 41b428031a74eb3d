"""`hub serve`: the public application, the inner one, and the dialogue engine, as one process group."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI
from rich.console import Console
from sqlalchemy import text

from api.accounts.service import bootstrap_accounts, ensure_first_account
from api.app import create_internal_app, create_public_app
from api.health import Board
from api.services import Services, build_services, rasa_settings
from api.settings import Settings
from connectors.rasa.process import RasaProcess
from knowledge.errors import HubError
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent / "texts" / "cli.yml")
_GRACE_SECONDS = 5


class PortTaken(HubError):
    """Another program listens there. Parameters: `port`, `setting`."""

    code = "port_taken"


class _Server(uvicorn.Server):
    """A server whose signals are handled once, by `serve`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(settings: Settings, console: Console) -> None:
    """Serve until SIGINT or SIGTERM. Raises PortTaken, or HubError when a part was not prepared."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.JSONRenderer(),
        ]
    )
    for host, port, setting in (
        (settings.host, settings.port, "HUB_PORT"),
        ("127.0.0.1", settings.internal_port, "HUB_INTERNAL_PORT"),
        ("127.0.0.1", settings.rasa_port, "HUB_RASA_PORT"),
    ):
        _check_free(host, port, setting)
    asyncio.run(_serve(settings, console))


async def _serve(settings: Settings, console: Console) -> None:
    board = Board()
    inner = create_internal_app(board)
    inner_server = _server(inner, "127.0.0.1", settings.internal_port)
    rasa = RasaProcess(rasa_settings(settings))
    stop = _stop_signal()
    running = [asyncio.create_task(inner_server.serve()), asyncio.create_task(rasa.watch())]
    public_server: _Server | None = None
    try:
        services = await asyncio.to_thread(build_services, settings)
        inner.state.services = services
        board.parts.update(knowledge="up", understanding="up")
        first = await _accounts(services)
        board.parts["database"] = "up"
        public_server = _server(create_public_app(services), settings.host, settings.port)
        running.append(asyncio.create_task(public_server.serve()))
        running.append(asyncio.create_task(_watch(board, services, rasa)))
        announcing = asyncio.create_task(_announce(settings, console, board, first))
        await stop.wait()
        announcing.cancel()
    finally:
        for server in (public_server, inner_server):
            if server is not None:
                server.should_exit = True
        await rasa.stop()
        _, pending = await asyncio.wait(running, timeout=_GRACE_SECONDS)
        for task in pending:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def _server(app: FastAPI, host: str, port: int) -> _Server:
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=2, lifespan="off"
    )
    return _Server(config)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _accounts(services: Services) -> tuple[str, str] | None:
    bootstrap = services.settings.bootstrap_counsellor
    async with services.sessions() as session, session.begin():
        await bootstrap_accounts(session, bootstrap.get_secret_value() if bootstrap else None, services.clock)
        return await ensure_first_account(session, services.clock)


async def _watch(board: Board, services: Services, rasa: RasaProcess) -> None:
    while True:
        board.parts["dialogue"] = rasa.state
        try:
            async with services.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
            board.parts["database"] = "up"
        except Exception:
            board.parts["database"] = "down"
        await asyncio.sleep(0.5)


async def _announce(settings: Settings, console: Console, board: Board, first: tuple[str, str] | None) -> None:
    while not board.ready:
        await asyncio.sleep(0.2)
    url = f"http://{settings.host}:{settings.port}"
    for key in ("addresses", "chat", "kiosk", "console"):
        console.print(TEXTS.get(f"serve.{key}", url=url), highlight=False)
    if first is not None:
        console.print(TEXTS.get("serve.first_account", email=first[0], password=first[1]), highlight=False)


def _check_free(host: str, port: int, setting: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortTaken(port=port, setting=setting) from None
