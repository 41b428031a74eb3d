"""The bot's rooms below: the starter records in a real database, searched for real."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.messages import ChoiceMeaning
from bot.state import Memory, State
from bot.turn import BotServices, Heard, Turn, TurnMetadata
from knowledge.agreements import AgreementFinder
from knowledge.catalogue import Catalogue
from knowledge.funding import Funding
from knowledge.notices import NoticeIndex
from knowledge.offers import OfferFinder
from knowledge.search.engine import SearchEngine

MakeTurn = Callable[..., Turn]


@pytest.fixture(scope="session")
def services(starter: tuple[Catalogue, SearchEngine]) -> BotServices:
    """Starter knowledge, as a fresh install has it."""
    catalogue, search = starter
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
