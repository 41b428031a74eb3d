"""`hub serve`: the public application, the inner one, and the dialogue engine, as one process group."""

import asyncio
import contextlib
import errno
import gc
import signal
import socket
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI
from rich.console import Console
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.health import Board, State
from api.internal.app import create_health_app, open_to_engine
from api.layout import LOOPBACK, rasa_settings
from api.settings import Settings
from connectors.rasa.process import RasaProcess
from knowledge.errors import HubError
from knowledge.texts import Texts

# The application itself is imported by `_load`, once the dialogue engine is starting beside it.
if TYPE_CHECKING:
    from api.services import Services

TEXTS = Texts.load(Path(__file__).parent / "texts" / "cli.yml")
_GRACE_SECONDS = 5
_HEALTH_SECONDS, _STARTING_SECONDS = 1.0, 0.1
# How long a thread that understands a message keeps the interpreter from the one that answers requests.
_SWITCH_SECONDS = 0.0005


class CannotListen(HubError):
    """A port cannot be listened on."""


class PortTaken(CannotListen):
    """Another program listens there. Parameters: `port`, `setting`."""

    code = "port_taken"


class AddressUnusable(CannotListen):
    """This machine cannot listen there. Parameters: `host`, `port`, `setting`."""

    code = "address_unusable"


class _Server(uvicorn.Server):
    """A server whose signals are handled once, by `serve`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(settings: Settings, console: Console) -> None:
    """Serve until SIGINT or SIGTERM. Raises PortTaken, AddressUnusable, or HubError when a part was not prepared."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.JSONRenderer(),
        ]
    )
    for host, port, setting in (
        (settings.host, settings.port, "HUB_PORT"),
        (LOOPBACK, settings.internal_port, "HUB_INTERNAL_PORT"),
        (LOOPBACK, settings.rasa_port, "HUB_RASA_PORT"),
    ):
        _check_free(host, port, setting)
    rasa_settings(settings).check()
    sys.setswitchinterval(_SWITCH_SECONDS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, console))


async def _serve(settings: Settings, console: Console) -> None:
    board = Board()
    inner = create_health_app(board)
    rasa = RasaProcess(rasa_settings(settings))
    stop = _stop_signal()
    running = _Running(rasa)
    services = None
    try:
        running.start_server(inner, LOOPBACK, settings.internal_port)
        services, public = await asyncio.to_thread(_load, settings)
        # The knowledge lives as long as the process: the collector need not walk through it again and again.
        gc.freeze()
        open_to_engine(inner, services)
        board.tell(knowledge="up", understanding="up", search="degraded" if services.search.degraded else "up")
        await _bootstrap(services)
        running.start_server(public, settings.host, settings.port)
        running.start_loop(_watch(board, services, rasa))
        running.start_loop(_announce(services, console, board))
        running.start_loop(_periodically(services))
        running.start_loop(services.broker.run())
        await stop.wait()
    finally:
        if services is not None:
            services.broker.close()
        await running.end()
        if services is not None:
            await services.close()


def _load(settings: Settings) -> "tuple[Services, FastAPI]":
    from api.app import create_public_app
    from api.services import build_services

    services = build_services(settings)
    return services, create_public_app(services)


class _Running:
    """What runs until the end: servers and the dialogue engine, which are asked to end, and loops, which are cut."""

    def __init__(self, rasa: RasaProcess) -> None:
        self._rasa = rasa
        self._servers: list[_Server] = []
        self._asked: list[asyncio.Task[None]] = [asyncio.create_task(rasa.watch())]
        self._loops: list[asyncio.Task[None]] = []

    def start_server(self, app: FastAPI, host: str, port: int) -> None:
        self._servers.append(_server(app, host, port))
        self._asked.append(asyncio.create_task(self._servers[-1].serve()))

    def start_loop(self, loop: Coroutine[None, None, None]) -> None:
        self._loops.append(asyncio.create_task(loop))

    async def end(self) -> None:
        for server in self._servers:
            server.should_exit = True
        await self._rasa.stop()
        _, late = await asyncio.wait(self._asked, timeout=_GRACE_SECONDS)
        for task in (*late, *self._loops):
            task.cancel()
        await asyncio.gather(*self._asked, *self._loops, return_exceptions=True)


def _server(app: FastAPI, host: str, port: int) -> _Server:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        lifespan="off",
        server_header=False,
    )
    return _Server(config)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def _bootstrap(services: "Services") -> None:
    from api.accounts.first import bootstrap_accounts

    setting = services.settings.bootstrap_counsellor
    async with services.sessions() as session, session.begin():
        await bootstrap_accounts(session, setting.get_secret_value() if setting else None, services.clock)


async def _watch(board: Board, services: "Services", rasa: RasaProcess) -> None:
    while True:
        board.tell(dialogue=rasa.state, database=await _database_state(services))
        await asyncio.sleep(_HEALTH_SECONDS if board.ready else _STARTING_SECONDS)


async def _database_state(services: "Services") -> State:
    try:
        async with services.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return "down"
    return "up"


async def _periodically(services: "Services") -> None:
    from api.periodic import run_periodically

    await run_periodically(services)


async def _announce(services: "Services", console: Console, board: Board) -> None:
    """Once all is up: the addresses, and the first account, whose password is told this once."""
    from api.accounts.first import ensure_first_account

    await board.until_ready()
    async with services.sessions() as session, session.begin():
        first = await ensure_first_account(session, services.clock)
    url = f"http://{services.settings.host}:{services.settings.port}"
    lines = [TEXTS.get(f"serve.{key}", url=url) for key in ("addresses", "chat", "kiosk", "console")]
    if first is not None:
        lines.append(TEXTS.get("serve.first_account", email=first[0], password=first[1]))
    console.print("\n".join(lines), highlight=False, soft_wrap=True)


def _check_free(host: str, port: int, setting: str) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(found[0], found[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=port, setting=setting) from None
        raise AddressUnusable(host=host, port=port, setting=setting) from None
