"""The bot's rooms below: the starter records in a real database, searched for real."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from bot.messages import ChoiceMeaning
from bot.state import Memory, State
from bot.turn import BotServices, Heard, Turn, TurnMetadata
from knowledge.agreements import AgreementFinder
from knowledge.catalogue import Catalogue
from knowledge.database import Base, sync_engine
from knowledge.funding import Funding
from knowledge.notices import NoticeIndex
from knowledge.offers import OfferFinder
from knowledge.search.embedding import load_embedder
from knowledge.search.engine import SearchEngine
from knowledge.starter import load_starter
from tests.serving import DATA_DIR

MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> BotServices:
    """Starter knowledge, as a fresh install has it."""
    engine = sync_engine(f"sqlite:///{tmp_path_factory.mktemp('bot') / 'hub.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        load_starter(session, datetime(2026, 11, 23, tzinfo=UTC))
    catalogue = Catalogue.load(engine)
    engine.dispose()
    search = SearchEngine.open(catalogue, load_embedder(None), DATA_DIR / "search")
    return BotServices(
        catalogue,
        search,
        NoticeIndex(catalogue.notices),
        Funding.load(),
        OfferFinder(catalogue, search),
        catalogue.hubs,
        AgreementFinder(catalogue.agreements),
    )


@pytest.fixture
def turn(services: BotServices) -> MakeTurn:
    """Makes a turn: an intent, its entities as (entity, value, role), and the state it comes upon."""

    def make(
        intent: str,
        *entities: tuple[object, ...],
        text: str = "…",
        state: State | None = None,
        seq: int = 3,
        choice: ChoiceMeaning | None = None,
        returning: bool = False,
        **metadata: object,
    ) -> Turn:
        given = state or State()
        found = [{"entity": e[0], "value": e[1], "role": e[2] if len(e) > 2 else None} for e in entities]
        sent = TurnMetadata.model_validate(
            {
                "conversation": "c",
                "seq": seq,
                "channel": "web",
                "owner": "bot",
                "today": date(2026, 11, 23),
                "profile": given.profile,
                "evidence": given.evidence,
                "memory": given.memory.model_dump(mode="json"),
                "choice": choice,
                **metadata,
            }
        )
        heard = Heard.model_validate({"text": text, "intent": intent, "entities": found, "guesses": [intent]})
        return Turn(sent, heard, given, services, returning=returning)

    return make


@pytest.fixture
def empty() -> State:
    """A conversation in which nothing was said yet."""
    return State(memory=Memory())
