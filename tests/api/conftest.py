"""The application over HTTP: real database, real knowledge; only the dialogue engine's answers are written by the
test."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import async_sessionmaker

from api.accounts import passwords
from api.accounts.first import bootstrap_accounts
from api.accounts.models import AccountRow
from api.app import create_public_app
from api.cases.summaries import SummaryCache
from api.live import Broker
from api.migrate import upgrade
from api.services import Services
from api.settings import Settings
from bot.messages import Effect, OpenHandover, Remember, Say
from bot.turn import TurnMetadata
from knowledge.agreements import AgreementFinder
from knowledge.catalogue import Catalogue
from knowledge.clock import PARIS, Clock
from knowledge.database import Base, async_engine
from knowledge.funding import Funding
from knowledge.notices import NoticeIndex
from knowledge.offers import OfferFinder
from knowledge.search.engine import SearchEngine
from knowledge.towns import TownFinder
from nlu.understanding import Context, IntentScore, Understanding
from tests.api.post import Mailbox, Receiver, mail_server, web_server
from tests.postgres import Postgres, running_postgres

TODAY = date(2026, 11, 23)
CLAIRE = ("claire@hub.test", "une phrase de passe pour les tests")
PAUL = ("paul@hub.test", "une autre phrase de passe pour les tests")
ASKED = OpenHandover(reasons=("asked",), text="Je transmets.")
WEBHOOK_SECRET = "un secret partagé"
JSON = dict[str, Any]
OnTurn = Callable[[str, str, TurnMetadata], Any]


@dataclass(slots=True)
class ScriptedEngine:
    """A dialogue engine that answers what the test wrote: `answers` in turn, then an echo. `on_turn` runs during each
    turn and may fail."""

    answers: list[Sequence[Effect]] = field(default_factory=list)
    heard: list[tuple[str, str, TurnMetadata]] = field(default_factory=list)
    on_turn: OnTurn | None = None

    async def turn(self, sender: str, text: str, metadata: TurnMetadata) -> Sequence[Effect]:
        self.heard.append((sender, text, metadata))
        if self.on_turn is not None:
            await self.on_turn(sender, text, metadata)
        return self.answers.pop(0) if self.answers else [Say(text=f"écho : {text}")]

    async def close(self) -> None:
        pass


class Words:
    """Understanding by the words of the test's own messages."""

    def parse(self, text: str, _context: Context) -> Understanding:
        intent = IntentScore("talk_to_human" if "quelqu'un" in text else "inform", 0.9)
        return Understanding(text, intent, (intent,))


@pytest.fixture(scope="session")
def knowledge(starter: tuple[Catalogue, SearchEngine]) -> tuple[Catalogue, SearchEngine]:
    """Starter knowledge, as a fresh install has it."""
    return starter


@pytest.fixture(scope="session", autouse=True)
def strong_hasher() -> Iterator[PasswordHasher]:
    """The hasher of passwords as it serves. Its place is taken by one that costs nothing: people of tests sign in
    hundreds of times."""
    strong, cheap = passwords.HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", cheap)
        yield strong


@pytest.fixture
def engine() -> ScriptedEngine:
    """The dialogue engine of the test."""
    return ScriptedEngine()


def fill(url: str) -> None:
    """Create the tables of a database, and two counsellors."""
    upgrade(url)

    async def add_counsellors() -> None:
        database = async_engine(url)
        async with async_sessionmaker(database)() as session, session.begin():
            await bootstrap_accounts(session, ",".join(":".join(account) for account in (CLAIRE, PAUL)), Clock(TODAY))
        await database.dispose()

    asyncio.run(add_counsellors())


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with two counsellors and nothing else, to be copied."""
    file = tmp_path_factory.mktemp("fresh") / "hub.sqlite3"
    fill(f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, with a database of two counsellors to copy."""
    with running_postgres() as server:
        server.prepare(fill)
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_databases` runs on SQLite, then on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both_databases") and "services" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | None]:
    """The address of a fresh database; none for SQLite in the folder of the data."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(request.getfixturevalue("fresh_database"), tmp_path / "hub.sqlite3")
        yield None
    else:
        with request.getfixturevalue("postgres").copy() as url:
            yield url


def services_on(
    folder: Path, knowledge: tuple[Catalogue, SearchEngine], engine: ScriptedEngine, url: str | None = None
) -> Services:
    """The application's parts on the database of a folder, or on that of `url`."""
    settings = Settings(_env_file=None, data_dir=folder, database_url=url, today=TODAY, messages_per_minute=0)
    database = async_engine(settings.database)
    catalogue, search = knowledge
    return Services(
        settings=settings,
        clock=settings.clock,
        engine=database,
        sessions=async_sessionmaker(database, expire_on_commit=False),
        catalogue=catalogue,
        search=search,
        interpreter=Words(),
        notices=NoticeIndex(catalogue.notices),
        offers=OfferFinder(catalogue, search),
        towns=TownFinder(catalogue),
        funding=Funding.load(),
        agreements=AgreementFinder(catalogue.agreements),
        dialogue=engine,
        broker=Broker(),
        summaries=SummaryCache(),
    )


@pytest.fixture
async def services(
    tmp_path: Path, database: str | None, knowledge: tuple[Catalogue, SearchEngine], engine: ScriptedEngine
) -> AsyncIterator[Services]:
    """The application's parts on a fresh database with two counsellors."""
    built = services_on(tmp_path, knowledge, engine, database)
    yield built
    await built.close()


async def kept_by(services: Services) -> bytes:
    """All that the database holds: for SQLite every byte of its files, what was freed included."""
    if services.engine.dialect.name == "sqlite":
        return b"".join(file.read_bytes() for file in services.settings.data_dir.glob("hub.sqlite3*"))
    async with services.engine.connect() as connection:
        tables = [await connection.execute(select(table)) for table in Base.metadata.sorted_tables]
    return "\n".join(str(row) for table in tables for row in table).encode()


@dataclass(slots=True)
class HandClock:
    """A clock that the test sets and moves."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def today(self) -> date:
        return self.moment.astimezone(PARIS).date()

    def set(self, moment: datetime) -> None:
        self.moment = moment

    def move(self, **span: float) -> None:
        self.moment += timedelta(**span)


@pytest.fixture
def clock(services: Services) -> HandClock:
    """The application's clock, stopped on a Monday at 10 in Paris."""
    stopped = HandClock(datetime.combine(TODAY, time(10), PARIS))
    object.__setattr__(services, "clock", stopped)
    return stopped


@pytest.fixture
def app(request: pytest.FixtureRequest, services: Services) -> FastAPI:
    """The public application; that which sends, for the tests that use `sending`."""
    sends = "sending" in request.fixturenames
    return create_public_app(request.getfixturevalue("sending") if sends else services)


def with_settings(services: Services, **changes: object) -> Services:
    """The same services under other settings."""
    return replace(services, settings=services.settings.model_copy(update=changes))


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application, in this process."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub.test") as client:
        yield client


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Anyone."""
    async with client_of(app) as client:
        yield client


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who opened a conversation."""

    http: httpx.AsyncClient
    path: str
    token: str
    welcome: list[JSON]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]

    async def post(self, **body: object) -> httpx.Response:
        body = {"client_id": str(uuid4()), **body}
        return await self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    async def say(self, text: str) -> list[JSON]:
        """Write; what is answered."""
        reply = await self.post(text=text)
        assert reply.status_code == 200, reply.text
        return list(reply.json()["messages"])

    async def state(self) -> JSON:
        """The conversation as it stands."""
        reply = await self.http.get(self.path, headers=self.headers)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


async def open_conversation(http: httpx.AsyncClient, **body: object) -> Person:
    """Open a conversation."""
    reply = await http.post("/api/conversations", json={"channel": "web", **body})
    assert reply.status_code == 201, reply.text
    opened = reply.json()
    return Person(http, f"/api/conversations/{opened['id']}", opened["token"], opened["messages"])


@pytest.fixture
async def person(http: httpx.AsyncClient) -> Person:
    """Someone who just opened the chat."""
    return await open_conversation(http)


@dataclass(frozen=True, slots=True)
class Desk:
    """A signed-in counsellor."""

    http: httpx.AsyncClient
    csrf: str

    async def get(self, path: str, **params: str) -> httpx.Response:
        return await self.http.get(path, params=params)

    async def post(self, path: str, body: object = None) -> httpx.Response:
        return await self.http.post(path, json=body, headers={"X-CSRF-Token": self.csrf})

    async def put(self, path: str, body: object) -> httpx.Response:
        return await self.http.put(path, json=body, headers={"X-CSRF-Token": self.csrf})

    async def patch(self, path: str, body: object) -> httpx.Response:
        return await self.http.patch(path, json=body, headers={"X-CSRF-Token": self.csrf})

    async def delete(self, path: str) -> httpx.Response:
        return await self.http.delete(path, headers={"X-CSRF-Token": self.csrf})


async def sign_in(http: httpx.AsyncClient, account: tuple[str, str]) -> Desk:
    """Sign a counsellor in; the cookie stays in `http`."""
    reply = await http.post("/api/session", json={"email": account[0], "password": account[1]})
    assert reply.status_code == 200, reply.text
    return Desk(http, reply.json()["csrf"])


@pytest.fixture
async def claire(app: FastAPI) -> AsyncIterator[Desk]:
    """A counsellor of every hub."""
    async with client_of(app) as client:
        yield await sign_in(client, CLAIRE)


@pytest.fixture
async def paul(app: FastAPI) -> AsyncIterator[Desk]:
    """Another counsellor of every hub."""
    async with client_of(app) as client:
        yield await sign_in(client, PAUL)


@pytest.fixture
async def waiting(person: Person, engine: ScriptedEngine) -> Person:
    """Someone who asked for a person."""
    engine.answers = [[Remember(profile={"age": 40, "phone": "+33612345678"}, evidence={"age": [3]}, memory={}), ASKED]]
    await person.say("j'ai 40 ans et je veux parler à quelqu'un")
    return person


@pytest.fixture
async def case(waiting: Person, claire: Desk) -> str:
    """The address of their case."""
    handover = (await waiting.state())["handover"]
    return f"/api/cases/{handover['case_id']}"


@pytest.fixture
async def thionville(app: FastAPI, services: Services, paul: Desk) -> AsyncIterator[Desk]:
    """A counsellor of the hub of Thionville alone."""
    async with services.sessions() as session, session.begin():
        await session.execute(update(AccountRow).where(AccountRow.email == PAUL[0]).values(hubs=["thionville"]))
    async with client_of(app) as client:
        yield await sign_in(client, PAUL)


def error_of(reply: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which is always the contract's JSON with a French sentence."""
    error = reply.json()["error"]
    assert error["message"]
    assert error["message"].endswith((".", "?"))
    return reply.status_code, error["code"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server."""
    with mail_server() as box:
        yield box


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real web server."""
    with web_server() as server:
        yield server


@pytest.fixture
def sending(services: Services, mailbox: Mailbox, receiver: Receiver, clock: HandClock) -> Services:
    """The application with somewhere to send to, its clock stopped."""
    return with_settings(
        services,
        smtp_url=SecretStr(mailbox.url),
        mail_from="ne-pas-repondre@hub.test",
        webhook_url=receiver.url,
        webhook_secret=SecretStr(WEBHOOK_SECRET),
    )


EMAIL = "lea@exemple.fr"
ANSWERED = {"asked": {"email": 1}}


def asks(
    profile: dict[str, Any] | None = None, reason: Any = "asked", memory: dict[str, Any] = ANSWERED
) -> list[Effect]:
    """The assistant opens a case for someone it knows this of."""
    known = {"email": EMAIL} if profile is None else profile
    return [
        Remember(profile=known, evidence={}, memory=memory),
        OpenHandover(reasons=(reason,), text="Je transmets."),
    ]


@pytest.fixture
async def reachable(person: Person, engine: ScriptedEngine) -> Person:
    """Someone who asked for a person, and answered where they can be written to."""
    engine.answers = [asks()]
    await person.say("je veux parler à quelqu'un")
    return person


async def case_of(person: Person) -> str:
    return f"/api/cases/{(await person.state())['handover']['case_id']}"
