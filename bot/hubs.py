"""Where a hub is and when it is open: as its team published it, or not at all."""

from collections.abc import Iterator

from bot.asking import offer_handover
from bot.folding import fold
from bot.messages import Effect, Say
from bot.notices import sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.records import Hub

Answer = tuple[tuple[Effect, ...], State]


def about_hub(turn: Turn, state: State) -> Answer:
    """Where the hub that is meant is, when it is open, how to call it; a call back where nothing of it is published."""
    hub = _hub_meant(turn, state)
    if hub is None:
        towns = ", ".join(sorted(h.town for h in turn.services.hubs.values()))
        return (Say(text=say("answers.hub_which", towns=towns)),), state
    if not (hub.address or hub.opening_hours or hub.phone):
        ask, state = offer_handover("asked", say("answers.hub_unpublished", town=hub.town), state)
        return (ask,), state
    return (Say(text="\n".join(_lines(hub)), payload=sources_payload((hub.source,)) if hub.source else None),), state


def _lines(hub: Hub) -> Iterator[str]:
    unknown = say("answers.hub_not_published")
    yield say("answers.hub", town=hub.town, address=hub.address or unknown)
    yield say("answers.hub_hours", hours=hub.opening_hours or unknown)
    yield say("answers.hub_phone", phone=hub.phone or unknown)


def _hub_meant(turn: Turn, state: State) -> Hub | None:
    hubs = turn.services.hubs
    places = {str(value) for value in turn.heard.values("location")}
    words = fold(turn.heard.text)
    for hub in hubs.values():
        if hub.insee in places or fold(hub.town) in words:
            return hub
    if turn.metadata.hub in hubs:
        return hubs[turn.metadata.hub or ""]
    return next((hub for hub in hubs.values() if hub.insee == state.text("location")), None)
