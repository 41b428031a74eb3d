"""When a person is needed: one table of reasons (`bot/escalation.yml`), and what recognises each in a message."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import yaml
from pydantic import BaseModel, ConfigDict

from bot.asking import offer_handover
from bot.folding import fold
from bot.messages import Effect, HandoverReason, OpenHandover
from bot.state import State
from bot.turn import Turn
from bot.wording import say

# A complaint and the two failed answers have their own course (bot/actions/converse.py, fallback.py).
_OFFERED_ELSEWHERE = frozenset({"complaint", "disability", "asked", "distress", "not_understood"})


class Rule(BaseModel):
    """What recognises one reason, and whether the conversation is passed on without asking first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at_once: bool = False
    intents: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()
    under_age: int | None = None

    def matches(self, intent: str, folded: str, age: int | None) -> bool:
        """Whether the message or the person's age calls for this reason."""
        if self.under_age is not None and age is not None and age < self.under_age:
            return True
        return intent in self.intents or any(pattern.search(folded) for pattern in self.patterns)


@cache
def rules() -> Mapping[HandoverReason, Rule]:
    """The table, by reason of the contract."""
    with (Path(__file__).parent / "escalation.yml").open(encoding="utf-8") as stream:
        table = yaml.safe_load(stream)
    return {cast("HandoverReason", reason): Rule.model_validate(rule) for reason, rule in table.items()}


def reasons(text: str, intent: str, age: int | None) -> tuple[HandoverReason, ...]:
    """The reasons that a message gives, in the order of the table."""
    folded = fold(text)
    return tuple(reason for reason, rule in rules().items() if rule.matches(intent, folded, age))


def reason_of(turn: Turn, state: State, later: str | None = None) -> HandoverReason | None:
    """The first reason of this message that has a sentence of its own and was not offered yet; `later` is left out."""
    given = reasons(turn.heard.text, turn.heard.intent, state.number("age"))
    closed = {*_OFFERED_ELSEWHERE, *state.memory.escalation_offered, later}
    return next((reason for reason in given if reason not in closed), None)


def new_reason(turn: Turn, state: State) -> HandoverReason | None:
    """The reason of this message that a person will be offered for, or that joins the request that is open."""
    if turn.metadata.owner == "waiting":
        return next(iter(_joining(turn)), None)
    return reason_of(turn, state) if turn.metadata.owner == "bot" else None


def _joining(turn: Turn) -> tuple[HandoverReason, ...]:
    """The reasons that this message adds to the request that is open; one's age adds none later on."""
    given = reasons(turn.heard.text, turn.heard.intent, None)
    return tuple(reason for reason in given if reason not in {*_OFFERED_ELSEWHERE, *turn.metadata.handover_reasons})


def offer(turn: Turn, state: State, later: str | None = None) -> tuple[tuple[Effect, ...], State]:
    """Offer a counsellor for the first reason of this message that was not offered yet; while one is waited for, the
    reason joins the request. The reason `later` is left for a later turn."""
    if turn.metadata.owner == "waiting":
        new = _joining(turn)
        return ((OpenHandover(reasons=new, text=say("handover.again")),) if new else ()), state
    if turn.metadata.owner != "bot" or state.memory.pending is not None:
        return (), state
    if reason := reason_of(turn, state, later):
        ask, state = offer_handover(reason, say(f"escalation.{reason}"), state)
        return (ask,), state
    return (), state
