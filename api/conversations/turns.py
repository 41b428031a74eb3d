"""One turn: the person's message is kept first, then answered, then the answers are kept."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.opening import latest_case, open_or_join, withdraw
from api.conversations import store
from api.conversations.models import ConversationRow, MessageRow
from api.conversations.schemas import Message, Posting
from api.live import CASES
from api.services import Services, rasa_settings
from bot.messages import ChoiceMeaning, Effect, Erase, OpenHandover, Remember, Say, Withdraw
from bot.turn import TurnMetadata
from connectors.rasa.client import DialogueUnavailable
from connectors.rasa.trackers import erase_trackers
from knowledge.errors import InvalidInput
from knowledge.texts import Texts

# The engine's turns slow down as its session grows, so a new one is begun; nothing is lost, the state travels with
# each turn.
SESSION_MESSAGES = 40
TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "system.yml")
_log = structlog.get_logger("turns")
_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


class UnknownChoice(InvalidInput):
    """The choice was not among the last ones offered."""

    code = "unknown_choice"


@dataclass(frozen=True, slots=True)
class _Heard:
    """The person's message once kept, and what the engine is told of it."""

    row: MessageRow
    metadata: TurnMetadata
    sender: str


async def take_turn(services: Services, conversation_id: str, token: str, posting: Posting) -> list[Message]:
    """What the assistant answers. The same `client_id` twice is one message with one answer.

    Raises NotFound for a token that does not open the conversation, UnknownChoice.
    """
    with _lock(conversation_id) as lock:
        async with lock:
            heard = await _keep(services, conversation_id, token, posting)
            if isinstance(heard, list):
                return heard
            services.broker.publish(conversation_id)
            if heard.metadata.owner == "counsellor":
                services.broker.publish(CASES)
                return []
            effects = await _answer(services, heard)
            answers = await _carry_out(services, heard, effects)
            services.broker.publish(conversation_id)
            services.broker.publish(CASES)
            return answers


@contextmanager
def _lock(conversation_id: str) -> Iterator[asyncio.Lock]:
    yield _locks.setdefault(conversation_id, asyncio.Lock())


async def _keep(services: Services, conversation_id: str, token: str, posting: Posting) -> _Heard | list[Message]:
    async with services.sessions() as session, session.begin():
        conversation = await store.opened_by(session, conversation_id, token)
        before = await store.posted_before(session, conversation_id, str(posting.client_id))
        if before is not None:
            return [Message.of(row) for row in await store.answers_to(session, conversation_id, before.seq)]
        offered = await store.latest_answers(session, conversation_id)
        text, meaning = _said(posting, offered)
        if conversation.owner == "closed":
            conversation.owner = "bot"
        _renew_session(conversation)
        row = await store.append(
            session,
            conversation,
            author="person",
            text=text,
            now=services.clock.now(),
            client_id=str(posting.client_id),
            choice_id=posting.choice,
        )
        case = await latest_case(session, conversation_id)
        metadata = _metadata(services, conversation, row, offered, meaning, list(case.reasons) if case else [])
        return _Heard(row, metadata, f"{conversation.id}.{conversation.session}")


def _said(posting: Posting, offered: Sequence[MessageRow]) -> tuple[str, ChoiceMeaning | None]:
    if posting.choice is None:
        return (posting.text or "").strip(), None
    for row in reversed(offered):
        if row.choices and posting.choice in row.choices:
            labels = {choice["id"]: choice["label"] for choice in (row.payload or {}).get("choices", [])}
            return labels[posting.choice], ChoiceMeaning.model_validate(row.choices[posting.choice])
    raise UnknownChoice(field="choice")


def _renew_session(conversation: ConversationRow) -> None:
    conversation.session_messages += 1
    if conversation.session_messages > SESSION_MESSAGES:
        conversation.session += 1
        conversation.session_messages = 1


def _metadata(
    services: Services,
    conversation: ConversationRow,
    row: MessageRow,
    offered: Sequence[MessageRow],
    meaning: ChoiceMeaning | None,
    reasons: list[str],
) -> TurnMetadata:
    return TurnMetadata.model_validate(
        {
            "conversation": conversation.id,
            "seq": row.seq,
            "channel": conversation.channel,
            "owner": conversation.owner,
            "hub": conversation.hub,
            "today": services.clock.today(),
            "profile": conversation.profile,
            "evidence": conversation.evidence,
            "memory": conversation.memory,
            "asked_field": asked_field(offered),
            "choice": meaning,
            "handover_reasons": reasons,
        }
    )


def asked_field(offered: Sequence[MessageRow]) -> str | None:
    """The profile field of the last question among these messages."""
    for row in reversed(offered):
        if row.kind == "question":
            field = (row.payload or {}).get("field")
            return field if isinstance(field, str) else None
    return None


async def _answer(services: Services, heard: _Heard) -> Sequence[Effect]:
    try:
        effects = await services.dialogue.turn(heard.sender, heard.row.text, heard.metadata)
    except DialogueUnavailable:
        _log.warning("dialogue_unavailable")
        return ()
    if not any(isinstance(effect, Say | OpenHandover) for effect in effects):
        _log.warning("no_answer")
        return (*effects, Say(text=TEXTS.get("no_answer")))
    return effects


async def _carry_out(services: Services, heard: _Heard, effects: Sequence[Effect]) -> list[Message]:
    conversation_id = heard.metadata.conversation
    if any(isinstance(effect, Erase) for effect in effects):
        said = [effect for effect in effects if isinstance(effect, Say)]
        await erase_everywhere(services, conversation_id)
        return _unsaved(services, heard, said)
    async with services.sessions() as session, session.begin():
        conversation = await store.by_id(session, conversation_id)
        if not effects:
            await _say_as_system(services, session, conversation, heard.row.seq)
        for effect in effects:
            await _APPLY[type(effect)](services, session, conversation, effect, heard.row.seq)
        return [Message.of(row) for row in await store.answers_to(session, conversation_id, heard.row.seq)]


async def _say_as_system(
    services: Services, session: AsyncSession, conversation: ConversationRow, reply_to: int
) -> None:
    await store.append(
        session,
        conversation,
        author="system",
        text=TEXTS.get("engine_down"),
        now=services.clock.now(),
        reply_to=reply_to,
    )


async def _apply_say(
    services: Services, session: AsyncSession, conversation: ConversationRow, effect: Say, reply_to: int
) -> None:
    await store.append_said(session, conversation, effect, services.clock.now(), reply_to)


async def _apply_remember(
    _services: Services, _session: AsyncSession, conversation: ConversationRow, effect: Remember, _reply_to: int
) -> None:
    conversation.profile = effect.profile
    conversation.evidence = effect.evidence
    conversation.memory = effect.memory


async def _apply_handover(
    services: Services, session: AsyncSession, conversation: ConversationRow, effect: OpenHandover, reply_to: int
) -> None:
    now = services.clock.now()
    case = await open_or_join(session, conversation.id, conversation.hub, effect.reasons, now)
    if case.status == "pending":
        conversation.owner = "waiting"
    payload: dict[str, Any] = {"case_id": case.id, "status": case.status, "reasons": case.reasons}
    await store.append(
        session,
        conversation,
        author="bot",
        text=effect.text,
        now=now,
        kind="handover",
        payload=payload,
        reply_to=reply_to,
    )


async def _apply_withdraw(
    services: Services, session: AsyncSession, conversation: ConversationRow, _effect: Withdraw, _reply_to: int
) -> None:
    await withdraw(session, conversation.id, services.clock.now())
    if conversation.owner == "waiting":
        conversation.owner = "bot"


_APPLY: dict[type[Effect], Any] = {
    Say: _apply_say,
    Remember: _apply_remember,
    OpenHandover: _apply_handover,
    Withdraw: _apply_withdraw,
}


async def erase_everywhere(services: Services, conversation_id: str) -> None:
    """Delete a conversation here and in the dialogue engine's own store."""
    async with services.sessions() as session, session.begin():
        await store.erase(session, conversation_id)
    await asyncio.to_thread(erase_trackers, rasa_settings(services.settings).trackers, conversation_id)
    services.broker.publish(conversation_id)
    services.broker.publish(CASES)


def _unsaved(services: Services, heard: _Heard, said: Sequence[Say]) -> list[Message]:
    """The last words of an erased conversation: told, not kept."""
    return [
        Message(
            id=f"erased-{number}",
            seq=heard.row.seq + number,
            author="bot",
            at=services.clock.now(),
            text=say.text,
            kind=say.kind,
            payload=say.payload,
        )
        for number, say in enumerate(said, 1)
    ]
