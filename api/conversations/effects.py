"""What the assistant asked for is carried out: messages are kept, the state is remembered, cases open and close."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.service import ask_for
from api.cases.opening import open_or_join, withdraw
from api.conversations import store
from api.conversations.models import ConversationRow, MessageRow
from api.hubs.now import availability_of
from api.services import Services
from bot.availability import honest_exit
from bot.messages import Effect, OpenHandover, Remember, Review, Say, Withdraw


@dataclass(frozen=True, slots=True)
class Answering:
    """The answer being kept: to which message, by whom (`bot`, or `system` when the assistant could not answer)."""

    services: Services
    session: AsyncSession
    conversation: ConversationRow
    reply_to: int
    now: datetime
    author: str = "bot"


async def carry_out(answering: Answering, effects: Sequence[Effect]) -> list[MessageRow]:
    """Carry out the effects, in order; the messages kept. `answering.conversation` is locked.

    Where a counsellor took the conversation over while the assistant was answering, what it had to say is not said,
    except to someone in distress.
    """
    silent = answering.conversation.owner == "counsellor" and not any(_is_distress(effect) for effect in effects)
    kept = []
    for effect in effects:
        row = await _CARRY_OUT[type(effect)](answering, effect, silent)
        if row is not None:
            kept.append(row)
    return kept


def _is_distress(effect: Effect) -> bool:
    return isinstance(effect, OpenHandover) and "distress" in effect.reasons


async def _say(answering: Answering, effect: Say, silent: bool) -> MessageRow | None:
    if silent:
        return None
    return await store.append_said(
        answering.session, answering.conversation, effect, answering.now, answering.reply_to, answering.author
    )


async def _remember(answering: Answering, effect: Remember, _silent: bool) -> None:
    conversation = answering.conversation
    conversation.profile, conversation.evidence = effect.profile, effect.evidence
    conversation.memory = effect.memory


async def _hand_over(answering: Answering, effect: OpenHandover, silent: bool) -> MessageRow | None:
    conversation = answering.conversation
    case, is_new = await open_or_join(answering.services, answering.session, conversation.id, effect.reasons)
    if effect.appointment is not None:
        await ask_for(answering.services, answering.session, case, effect.appointment)
    if silent:
        return None
    text = effect.text
    if is_new:
        text = f"{text}\n{await _who_is_there(answering, case.hub, effect)}"
    payload: dict[str, Any] = {"case_id": case.id, "status": case.status, "reasons": case.reasons}
    return await store.append(
        answering.session,
        conversation,
        author=answering.author,
        text=text,
        now=answering.now,
        kind="handover",
        payload=payload,
        reply_to=answering.reply_to,
    )


async def _who_is_there(answering: Answering, hub: str | None, effect: OpenHandover) -> str:
    found = await availability_of(answering.services, answering.session, hub)
    age, today = answering.conversation.profile.get("age"), answering.services.clock.today()
    return honest_exit(found, effect.reasons, age, today)


async def _withdraw(answering: Answering, _effect: Withdraw, _silent: bool) -> None:
    await withdraw(answering.services, answering.session, answering.conversation.id)


async def _review(_answering: Answering, _effect: Review, _silent: bool) -> None:
    """Kept once the answer is: reading the message again would hold the conversation up (`api.learning.inbox`)."""


_CARRY_OUT: Mapping[type[Effect], Callable[[Answering, Any, bool], Awaitable[MessageRow | None]]] = {
    Say: _say,
    Remember: _remember,
    OpenHandover: _hand_over,
    Review: _review,
    Withdraw: _withdraw,
}
