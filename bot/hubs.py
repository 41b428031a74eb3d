"""Where a hub is and when it is open: as its team published it, or not at all."""

from collections.abc import Iterator, Sequence

from bot.asking import offer_handover
from bot.folding import fold
from bot.messages import Effect, Say
from bot.notices import sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say
from knowledge.distances import distance_km, position
from knowledge.records import Hub

NEAREST_SHOWN = 2

Answer = tuple[tuple[Effect, ...], State]


def about_hub(turn: Turn, state: State) -> Answer:
    """Where the hub that is meant is, when it is open, how to call it; a call back where nothing of it is published."""
    said, state = _where(turn, state)
    return (*((Say(text=say("answers.free")),) if asks("free", turn.heard.text) else ()), *said), state


def _where(turn: Turn, state: State) -> Answer:
    hub = _hub_meant(turn, state)
    if hub is None and (near := _nearest(turn, state)):
        return _about_nearest(turn, state, near)
    if hub is None:
        towns = ", ".join(sorted(h.town for h in turn.services.hubs.values()))
        return (Say(text=say("answers.hub_which", towns=towns)),), state
    return _about(turn, state, hub)


def _about(turn: Turn, state: State, hub: Hub) -> Answer:
    if hub.address or hub.opening_hours or hub.phone:
        return (
            Say(text="\n".join(_lines(hub)), payload=sources_payload((hub.source,)) if hub.source else None),
        ), state
    if turn.metadata.owner != "bot":
        return (Say(text=say("answers.hub_unpublished_waiting", town=hub.town)),), state
    ask, state = offer_handover("asked", say("answers.hub_unpublished", town=hub.town), state)
    return (ask,), state


def _about_nearest(turn: Turn, state: State, near: Sequence[tuple[Hub, float]]) -> Answer:
    town = turn.services.catalogue.communes[_place(turn, state) or ""].name
    hubs = ", ".join(say("answers.hub_far", town=hub.town, km=str(round(km))) for hub, km in near)
    said, state = _about(turn, state, near[0][0])
    return (Say(text=say("answers.hub_nearest", place=town, hubs=hubs)), *said), state


def _place(turn: Turn, state: State) -> str | None:
    """The town that the message names, else where the person lives."""
    return turn.heard.first("location") or state.text("location")


def _nearest(turn: Turn, state: State) -> list[tuple[Hub, float]]:
    """The hubs nearest to the place that is meant, with their distances in kilometres; empty where it is unknown."""
    communes = turn.services.catalogue.communes
    here = position(communes.get(_place(turn, state) or ""))
    places = {hub.id: position(communes.get(hub.insee)) for hub in turn.services.hubs.values()}
    if here is None:
        return []
    far = [(hub, distance_km(here, there)) for hub in turn.services.hubs.values() if (there := places[hub.id])]
    return sorted(far, key=lambda one: one[1])[:NEAREST_SHOWN]


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
    if turn.metadata.hub in hubs and not places:
        return hubs[turn.metadata.hub or ""]
    return next((hub for hub in hubs.values() if hub.insee == state.text("location")), None)
