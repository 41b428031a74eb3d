"""Reading and writing conversations. SQL of conversations is here and nowhere else."""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.conversations.models import ConversationKeyRow, ConversationRow, MessageRow
from api.database import overwrite_what_goes
from bot.messages import Say
from knowledge.errors import NotFound

# Above the number of any message.
_AFTER_ALL = 2**31 - 1


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def create(session: AsyncSession, channel: str, hub: str | None, now: datetime) -> tuple[ConversationRow, str]:
    """A new conversation, and the token that opens it."""
    token = secrets.token_urlsafe(32)
    row = ConversationRow(
        id=uuid4().hex,
        token_hash=digest(token),
        channel=channel,
        hub=hub,
        owner="bot",
        session=1,
        session_messages=0,
        profile={},
        evidence={},
        memory={},
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    await session.flush()
    return row, token


async def opened_by(session: AsyncSession, conversation_id: str, token: str) -> ConversationRow:
    """The conversation that this token opens. Raises NotFound for any other id or token, alike."""
    row = await session.get(ConversationRow, conversation_id)
    if row is None:
        raise NotFound
    if not hmac.compare_digest(row.token_hash, digest(token)):
        key = await session.get(ConversationKeyRow, digest(token))
        if key is None or key.conversation_id != conversation_id:
            raise NotFound
    return row


async def add_key(session: AsyncSession, conversation_id: str, now: datetime) -> str:
    """A further token that opens the conversation, beside those there are."""
    token = secrets.token_urlsafe(32)
    session.add(ConversationKeyRow(token_hash=digest(token), conversation_id=conversation_id, created_at=now))
    return token


async def by_id(session: AsyncSession, conversation_id: str) -> ConversationRow:
    """A conversation by its id, for those who are entitled by other means. Raises NotFound."""
    row = await session.get(ConversationRow, conversation_id)
    if row is None:
        raise NotFound
    return row


async def locked(session: AsyncSession, conversation_id: str, now: datetime) -> ConversationRow:
    """The conversation as it is now, for changing it: nobody else changes it until the transaction ends. Raises
    NotFound."""
    touched = update(ConversationRow).where(ConversationRow.id == conversation_id).values(updated_at=now)
    now_as_it_is = touched.returning(ConversationRow).execution_options(
        synchronize_session=False, populate_existing=True
    )
    row = await session.scalar(now_as_it_is)
    if row is None:
        raise NotFound
    return row


async def messages(session: AsyncSession, conversation_id: str, after: int = 0) -> list[MessageRow]:
    """The messages numbered above `after`, in order."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after)
    return list(await session.scalars(found.order_by(MessageRow.seq)))


async def last_seq(session: AsyncSession, conversation_id: str) -> int:
    """The number of the last message; 0 when there is none."""
    found = select(func.max(MessageRow.seq)).where(MessageRow.conversation_id == conversation_id)
    return await session.scalar(found) or 0


async def append(
    session: AsyncSession,
    conversation: ConversationRow,
    *,
    author: str,
    text: str,
    now: datetime,
    kind: str = "text",
    payload: dict[str, Any] | None = None,
    choices: dict[str, Any] | None = None,
    **links: Any,
) -> MessageRow:
    """Add a message with the next number to a `locked` conversation. `links`: client_id, choice_id, reply_to."""
    last = select(func.max(MessageRow.seq)).where(MessageRow.conversation_id == conversation.id)
    values = {
        "conversation_id": conversation.id,
        "seq": func.coalesce(last.scalar_subquery(), 0) + 1,
        "id": uuid4().hex,
        "author": author,
        "kind": kind,
        "text": text,
        "payload": payload,
        "choices": choices,
        "at": now,
        **links,
    }
    return (await session.scalars(insert(MessageRow).values(values).returning(MessageRow))).one()


async def append_said(
    session: AsyncSession,
    conversation: ConversationRow,
    say: Say,
    now: datetime,
    reply_to: int | None,
    author: str = "bot",
) -> MessageRow:
    """Add a message of the assistant; what its buttons mean is kept apart from what is shown."""
    payload: dict[str, Any] | None = dict(say.payload) if say.payload is not None else None
    if say.kind == "question" or say.choices:
        shown = [{"id": choice.id, "label": choice.label} for choice in say.choices]
        payload = {"field": None, **(payload or {}), "choices": shown}
    meanings = {choice.id: choice.meaning.model_dump(mode="json") for choice in say.choices}
    return await append(
        session,
        conversation,
        author=author,
        text=say.text,
        now=now,
        kind=say.kind,
        payload=payload,
        choices=meanings or None,
        reply_to=reply_to,
    )


async def posted_before(session: AsyncSession, conversation_id: str, client_id: str) -> MessageRow | None:
    """The message already posted with this client id, if any."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id)
    return (await session.scalars(found)).first()


async def answers_to(session: AsyncSession, conversation_id: str, seq: int) -> list[MessageRow]:
    """What was answered to the person's message `seq`."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.reply_to == seq)
    return list(await session.scalars(found.order_by(MessageRow.seq)))


def _latest_answers() -> Select[MessageRow]:
    reply = aliased(MessageRow)
    scope = (MessageRow.conversation_id == bindparam("conversation"), MessageRow.seq < bindparam("before"))
    replies = exists().where(reply.conversation_id == bindparam("conversation"), reply.reply_to == MessageRow.seq)
    failed = replies.where(reply.author == "system") & ~replies.where(reply.author == "bot")
    last = select(func.max(MessageRow.seq)).where(*scope, MessageRow.author == "person", ~failed).scalar_subquery()
    since = MessageRow.seq > func.coalesce(last, 0)
    found = select(MessageRow).where(*scope, since, MessageRow.author.in_(("bot", "system")))
    return found.order_by(MessageRow.seq)


# Written once: to write it takes longer than to run it, and each turn runs it.
_LATEST_ANSWERS = _latest_answers()


async def latest_answers(session: AsyncSession, conversation_id: str, before: int | None = None) -> list[MessageRow]:
    """What the assistant said last: its question and its buttons, since the person's last message (numbered below
    `before`). A message that it could not answer leaves its last question open."""
    place = {"conversation": conversation_id, "before": _AFTER_ALL if before is None else before}
    return list(await session.scalars(_LATEST_ANSWERS, place))


async def last_of_person(session: AsyncSession, conversation_id: str) -> MessageRow | None:
    """The person's last message."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.author == "person")
    return (await session.scalars(found.order_by(MessageRow.seq.desc()).limit(1))).first()


async def person_wrote(session: AsyncSession, conversation_id: str, after: datetime, until: datetime) -> bool:
    """Whether the person wrote between two moments."""
    found = exists().where(
        MessageRow.conversation_id == conversation_id,
        MessageRow.author == "person",
        MessageRow.at > after,
        MessageRow.at <= until,
    )
    return bool(await session.scalar(select(found)))


async def erase(session: AsyncSession, conversation_id: str) -> None:
    """Delete a conversation and all that hangs on it."""
    await overwrite_what_goes(session)
    await session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
