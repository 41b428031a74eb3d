"""Dated training offers for a certification, near the person: only what the organisations published, with the date."""

from collections.abc import Sequence
from typing import Literal

from bot.messages import Say
from bot.notices import sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.offers import OfferHit, OfferQuery
from knowledge.records import Source

Wish = Literal["nearer", "shorter"]

SHOWN = 3
KM = 50
NEARER_KM = 20
# Of the rhythms wished for, those that an offer can have.
_RHYTHMS = ("evening", "weekend", "part_time", "remote", "full_time", "apprenticeship", "work_based")


def sessions(turn: Turn, state: State, codes: Sequence[str], *, wish: Wish | None = None) -> Say | None:
    """The next dates of real offers for the first of these certifications that has any, soonest first, or shortest
    first; None when no organisation published one (or its length). What could not be kept of the wish is said."""
    for code in dict.fromkeys(codes):
        query = OfferQuery(
            text="",
            certification=code,
            on=turn.metadata.today,
            near=state.text("location"),
            km=NEARER_KM if wish == "nearer" else KM,
            modality=_rhythm(state),
        )
        found = turn.services.offers.find(query)
        hits = [hit for hit in (*found.dated, *found.undated) if not hit.offer.example]
        if wish == "shorter":
            hits = sorted((hit for hit in hits if hit.offer.hours), key=lambda hit: hit.offer.hours or 0)
        if hits:
            return _message(hits[:SHOWN], found.relaxed)
    return None


def _rhythm(state: State) -> str | None:
    wished = state.texts("modality")
    return next((rhythm for rhythm in _RHYTHMS if rhythm in wished), None)


def _message(hits: Sequence[OfferHit], relaxed: Sequence[str]) -> Say:
    lines = [say("sessions.intro"), *relaxed, *(_line(hit) for hit in hits), say("sessions.ending")]
    sources: dict[str, Source] = {hit.offer.source.url: hit.offer.source for hit in hits}
    payload = {**sources_payload(tuple(sources.values())), "offers": [hit.offer.id for hit in hits]}
    return Say(text="\n".join(lines), payload=payload)


def _line(hit: OfferHit) -> str:
    offer, session = hit.offer, hit.next_session
    where = offer.place.town if offer.place else say("sessions.place_unknown")
    parts = [say("sessions.offer", title=offer.title, provider=offer.provider, where=where)]
    parts.append(
        say("sessions.starts", day=session.starts_on.strftime("%d/%m/%Y")) if session else say("sessions.no_date")
    )
    if session and session.sign_up_by:
        parts.append(say("sessions.sign_up", day=session.sign_up_by.strftime("%d/%m/%Y")))
    if offer.hours:
        parts.append(say("sessions.hours", hours=offer.hours))
    if hit.distance is not None:
        parts.append(say("sessions.distance", km=round(hit.distance)))
    return "• " + ", ".join(parts) + "."
