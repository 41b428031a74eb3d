"""What a turn did, read from what the dialogue engine itself kept of it: nothing is computed again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.rasa.trackers import Event

# What every turn notes about itself: which message was heard and answered, and where each fact comes from.
_BOOKKEEPING = frozenset({"evidence", "heard_seq", "answered_seq"})
# Long values (the last plan in words) are cut.
_SHOWN_CHARS = 90


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after the turn, None where it has no value."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Action:
    """An action that ran: its name, the policy that chose it (empty for what the engine does by itself), and the kinds
    of the messages it said. `stood_back` is a form that left the message to others."""

    name: str
    policy: str = ""
    said: tuple[str, ...] = ()
    stood_back: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """A turn of the engine. `intents` are names and confidences between 0 and 1, the one acted on first, then the
    runner-up; `entities` as `/model/parse` returned them; `reasons` are kinds (`handover`, `offered`, `review`) and
    ids."""

    intents: tuple[tuple[str, float], ...]
    entities: tuple[Mapping[str, Any], ...]
    profile: tuple[Change, ...]
    actions: tuple[Action, ...]
    slots: tuple[Change, ...]
    reasons: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Trace":
        """The trace of the events of one turn (`connectors.rasa.trackers.turn_events`, not empty)."""
        heard, effects = events[0], list(_effects(events))
        sent, understood = heard["metadata"], heard["parse_data"]
        remembered = next((effect for effect in reversed(effects) if effect["effect"] == "remember"), sent)
        memory = (_told(sent["memory"]), _told(remembered["memory"]))
        return cls(
            intents=_intents(understood),
            entities=tuple(understood["entities"]),
            profile=_changes(sent["profile"], remembered["profile"]),
            actions=tuple(_actions(events)),
            slots=(*_changes(*memory), *_engine_slots(events)),
            reasons=tuple(_reasons(effects, *memory)),
        )


def shortened(value: Any) -> str:
    """A value as it is shown: none of the line feeds, and not too long."""
    said = " ".join(str(value).split())
    return said if len(said) <= _SHOWN_CHARS else said[: _SHOWN_CHARS - 1] + "…"


def _intents(understood: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    first = understood["intent"]
    others = [other for other in understood["intent_ranking"] if other["name"] != first["name"]]
    return tuple((intent["name"], intent["confidence"]) for intent in (first, *others[:1]))


def _effects(events: Sequence[Event]) -> Iterator[Mapping[str, Any]]:
    for event in events:
        if event["event"] == "bot":
            effect = _effect(event)
            if effect:
                yield effect


def _effect(event: Event) -> Mapping[str, Any] | None:
    custom: Mapping[str, Any] | None = (event.get("data") or {}).get("custom")
    return custom


def _actions(events: Sequence[Event]) -> Iterator[Action]:
    """Each action with what was said after it and before the next one."""
    running: Action | None = None
    for event in events:
        if event["event"] in {"action", "action_execution_rejected"}:
            if running:
                yield running
            stood_back = event["event"] != "action"
            running = Action(event["name"], event["policy"] or "", stood_back=stood_back)
        elif event["event"] == "bot" and running:
            effect = _effect(event) or {}
            kind = effect.get("kind") if effect.get("effect") == "say" else None
            if kind:
                running = Action(running.name, running.policy, (*running.said, kind))
    if running:
        yield running


def _told(memory: Mapping[str, Any]) -> dict[str, Any]:
    """The memory without its bookkeeping, tables laid flat, and without what is empty: «not there» and «none» are
    alike."""
    flat: dict[str, Any] = {}
    for name, value in memory.items():
        if name not in _BOOKKEEPING:
            flat |= (
                {f"{name}.{key}": inner for key, inner in value.items()} if isinstance(value, dict) else {name: value}
            )
    return {name: value for name, value in flat.items() if value}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _engine_slots(events: Sequence[Event]) -> Iterator[Change]:
    """The engine's own slots that were set, and the form that was begun or left."""
    asked = [event["value"] for event in events if event["event"] == "slot" and event["name"] == "requested_slot"]
    if asked:
        yield Change("requested_slot", None, asked[-1])
    loops = [event["name"] for event in events if event["event"] == "active_loop"]
    if loops:
        yield Change("active_loop", None, loops[-1])


def _reasons(
    effects: Sequence[Mapping[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for effect in effects:
        if effect["effect"] == "open_handover":
            yield from (("handover", reason) for reason in effect["reasons"])
        elif effect["effect"] == "review":
            yield "review", effect["reason"]
    offered = after.get("pending_reason")
    if offered and offered != before.get("pending_reason"):
        yield "offered", offered
