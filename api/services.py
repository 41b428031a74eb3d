"""What the application runs on, put together once at start."""

from dataclasses import dataclass, field
from typing import Protocol

import httpx
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from api.cases.summaries import SummaryCache
from api.conversations.going_on import TurnsGoingOn
from api.layout import rasa_settings, understanding_dir
from api.limits import Calls, OwnCalls, RateLimit
from api.live import Broker
from api.relay import SharedBroker
from api.settings import Settings
from api.shared import SharedCalls, connect
from bot.turn import BotServices
from connectors.rasa.client import DialogueEngine, RasaClient
from knowledge.agreements import AgreementFinder
from knowledge.catalogue import Catalogue
from knowledge.clock import Clock
from knowledge.database import async_engine
from knowledge.funding import Funding
from knowledge.notices import NoticeIndex
from knowledge.offers import OfferFinder
from knowledge.search.engine import SearchEngine, SearchQuery
from knowledge.towns import TownFinder
from nlu.understanding import Context, Understanding

__all__ = ["Services", "Understands", "build_services", "rasa_settings", "understanding_dir"]


class Understands(Protocol):
    """What the application needs of understanding (`nlu.interpreter.Interpreter`). Thread-safe."""

    def parse(self, text: str, context: Context) -> Understanding:
        """One message understood."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that requests use. Immutable: new knowledge means a new start."""

    settings: Settings
    clock: Clock
    engine: AsyncEngine
    sessions: async_sessionmaker[AsyncSession]
    catalogue: Catalogue
    search: SearchEngine
    interpreter: Understands
    notices: NoticeIndex
    offers: OfferFinder
    towns: TownFinder
    funding: Funding
    agreements: AgreementFinder
    dialogue: DialogueEngine
    broker: Broker
    summaries: SummaryCache
    redis: Redis | None = None
    turns: TurnsGoingOn = field(default_factory=TurnsGoingOn)

    def limit(self, name: str, per_minute: int) -> RateLimit:
        """A limit of so many calls a minute, 0 for none; among all the processes of one Redis, where there is one."""
        calls: Calls = OwnCalls()
        return RateLimit(per_minute, SharedCalls(self.redis, name, calls) if self.redis else calls)

    @property
    def bot(self) -> BotServices:
        """What actions may ask of the knowledge, hubs as the starter records have them."""
        return BotServices(
            self.catalogue,
            self.search,
            self.notices,
            self.funding,
            self.offers,
            self.catalogue.hubs,
            self.agreements,
        )

    async def close(self) -> None:
        """Let go of the database, of the dialogue engine and of Redis."""
        await self.dialogue.close()
        await self.engine.dispose()
        if self.redis is not None:
            await self.redis.aclose()


def build_services(settings: Settings) -> Services:
    """Load what was prepared (`hub prepare`). Slow: seconds. Raises HubError when a part was not prepared."""
    # Imported here, in the thread that loads them: they are heavy, and the process answers meanwhile.
    from api.knowledge.opening import open_knowledge
    from nlu.interpreter import Interpreter

    catalogue, search = open_knowledge(settings)
    interpreter = Interpreter.load(understanding_dir(settings), catalogue, search.embedder, search.finder)
    # The first message and the first search load what the others find loaded: nobody should wait for it.
    interpreter.parse("bonjour", Context(settings.clock.today()))
    search.search(SearchQuery("bonjour", limit=1))
    engine = async_engine(settings.database)
    redis = connect(settings.redis_url) if settings.redis_url else None
    # Loopback is never reached through a proxy.
    http = httpx.AsyncClient(base_url=rasa_settings(settings).url, trust_env=False)
    return Services(
        settings=settings,
        clock=settings.clock,
        engine=engine,
        sessions=async_sessionmaker(engine, expire_on_commit=False),
        catalogue=catalogue,
        search=search,
        interpreter=interpreter,
        notices=NoticeIndex(catalogue.notices),
        offers=OfferFinder(catalogue, search),
        towns=TownFinder(catalogue),
        funding=Funding.load(),
        agreements=AgreementFinder(catalogue.agreements),
        dialogue=RasaClient(http),
        broker=SharedBroker(redis) if redis else Broker(),
        redis=redis,
        summaries=SummaryCache(),
    )
