"""Dated offers in the chat: only real ones, near the person, with what could not be kept."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers import answer
from bot.messages import Say
from bot.refining import refine
from bot.sessions import sessions
from bot.state import State
from bot.turn import BotServices, Turn
from knowledge.offers import OfferFinder
from knowledge.records import Offer, OfferPlace, Session, Source
from tests.bot.conftest import MakeTurn

SOURCE = Source("Catalogue d'un centre", "https://centre.test/offres", date(2026, 11, 20))
REIMS = OfferPlace("Centre", "Reims", "51100", "51454", 49.2583, 4.0317)


def offer(code: str, **changes: object) -> Offer:
    made = Offer(
        id="real",
        title="Préparer le titre",
        provider="Centre de Reims",
        source=SOURCE,
        certification=code,
        hours=400,
        place=REIMS,
        sessions=(Session("1", date(2027, 1, 11), sign_up_by=date(2026, 12, 18)),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def code(services: BotServices) -> str:
    return next(code for code, record in services.catalogue.certifications.items() if record.active)


def offered(turn: Turn, *offers: Offer) -> Turn:
    """The turn, where only these offers exist."""
    services = turn.services
    catalogue = replace(services.catalogue, offers={one.id: one for one in offers})
    return replace(turn, services=replace(services, offers=OfferFinder(catalogue, services.search)))


def test_says_when_where_and_until_when_to_enrol(turn: MakeTurn, code: str) -> None:
    state = State({"location": "51454", "target_job": "M1203"}).note(proposed=(code,))
    said, _ = answer(offered(turn("ask_schedule", text="ça commence quand ?", state=state), offer(code)))
    assert isinstance(said[0], Say)
    for expected in ("Reims", "11/01/2027", "18/12/2026", "400 heures", "à 1 km"):
        assert expected in said[0].text
    assert said[0].payload == {
        "sources": [{"title": SOURCE.title, "url": SOURCE.url, "checked_on": SOURCE.checked_on.isoformat()}],
        "offers": [offer(code).id],
    }


def test_an_example_is_never_shown_as_an_offer(turn: MakeTurn, code: str) -> None:
    made = offered(turn("ask_schedule"), offer(code, example=True))
    assert sessions(made, State(), (code,)) is None


def test_what_is_far_is_shown_and_said_to_be(turn: MakeTurn, code: str) -> None:
    state = State({"location": "68066"}).note(proposed=(code,))
    refined = refine(offered(turn("inform", text="c'est trop loin", state=state), offer(code)), state)
    assert refined is not None
    assert "20 km" in str(refined[0][0])


def test_without_any_offer_nothing_is_invented(turn: MakeTurn, code: str) -> None:
    assert sessions(offered(turn("ask_schedule")), State(), (code,)) is None


def test_shorter_means_the_shortest_published_first(turn: MakeTurn, code: str) -> None:
    state = State({"location": "51454", "target_job": "M1203"}).note(proposed=(code,))
    long, short = offer(code), offer(code, id="short", title="Préparer le titre en accéléré", hours=210)
    asked = offered(turn("find_training", text="c'est trop long", state=state), long, short)
    refined = refine(asked, state)
    assert refined is not None
    assert isinstance(refined[0][0], Say)
    assert refined[0][0].text.index("210 heures") < refined[0][0].text.index("400 heures")
