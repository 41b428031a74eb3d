"""The action server's protocol of the dialogue engine: what it sends to `/webhook`, and what it reads back."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.messages import Effect
from bot.profile import FIELDS
from bot.state import Memory, State
from bot.turn import Heard, TurnMetadata

# The engine's own action that waits for the person. It is named outright: after a form ends, no rule would name it.
LISTEN = "action_listen"


class _Loose(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Intent(_Loose):
    name: str | None = None
    confidence: float = 0.0


class _LatestMessage(_Loose):
    text: str | None = None
    intent: _Intent = _Intent()
    intent_ranking: tuple[_Intent, ...] = ()
    entities: tuple[Heard.Entity, ...] = ()
    metadata: TurnMetadata


class _Loop(_Loose):
    name: str | None = None


class _Tracker(_Loose):
    slots: dict[str, JsonValue] = {}
    latest_message: _LatestMessage
    active_loop: _Loop = _Loop()


class ActionCall(_Loose):
    """One call of the dialogue engine: the action to run, for which sender, and the tracker it runs on."""

    next_action: str
    sender_id: str | None = None
    tracker: _Tracker

    @property
    def metadata(self) -> TurnMetadata:
        """What the application sent along with the message."""
        return self.tracker.latest_message.metadata

    @property
    def active_form(self) -> str | None:
        """The form that is going on, if any."""
        return self.tracker.active_loop.name

    def heard(self) -> Heard:
        """The message as understood; without an intent (understanding is down), it is not understood."""
        message = self.tracker.latest_message
        return Heard(
            text=message.text or "",
            intent=message.intent.name or "nlu_fallback",
            guesses=tuple(score.name for score in message.intent_ranking if score.name),
            entities=message.entities,
        )

    def sent_state(self) -> State:
        """The state the application sent: the truth at the beginning of a turn."""
        sent = self.metadata
        return State(dict(sent.profile), dict(sent.evidence), Memory.model_validate(sent.memory))

    def slot_state(self) -> State:
        """The state within a turn, as the actions before this one left it in the slots."""
        slots = self.tracker.slots
        evidence = slots.get("evidence")
        return State(
            {name: slots[name] for name in FIELDS if slots.get(name) is not None},
            {k: [int(str(n)) for n in v] for k, v in evidence.items() if isinstance(v, list)}
            if isinstance(evidence, dict)
            else {},
            Memory.model_validate(slots.get("memory") or {}),
        )


class ActionReply(BaseModel):
    """What the engine reads back: events for its tracker, and messages for its channel."""

    events: list[dict[str, JsonValue]]
    responses: list[dict[str, JsonValue]]


def reply(effects: tuple[Effect, ...], events: list[dict[str, JsonValue]]) -> ActionReply:
    """Effects travel as `custom` messages, in order."""
    return ActionReply(events=events, responses=[{"custom": effect.model_dump(mode="json")} for effect in effects])


def slot_events(before: Mapping[str, JsonValue], state: State) -> list[dict[str, JsonValue]]:
    """The events that make the slots say what `state` says, given what they said `before`."""
    wanted: dict[str, JsonValue] = {name: state.profile.get(name) for name in FIELDS}
    wanted["evidence"] = {name: list(seqs) for name, seqs in state.evidence.items()}
    wanted["memory"] = state.memory.model_dump(mode="json")
    return [slot(name, value) for name, value in wanted.items() if before.get(name) != value]


def slot(name: str, value: JsonValue) -> dict[str, JsonValue]:
    """Set a slot."""
    return {"event": "slot", "name": name, "value": value}


def follow_up(action: str) -> dict[str, JsonValue]:
    """Run `action` next, whatever the rules say."""
    return {"event": "followup", "name": action}


def reject(form: str) -> dict[str, JsonValue]:
    """The form stands back: a rule answers this message first."""
    return {"event": "action_execution_rejected", "name": form}
