"""Links that lead back to a conversation: made when a mail leaves, exchanged for a key of the conversation."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import store
from api.conversations.models import ConversationRow
from api.database import aware
from api.returning.models import ReturnLinkRow
from knowledge.errors import HubError

LINK_LENGTH = timedelta(days=7)


class LinkExpired(HubError):
    """The link is too old, or its conversation was erased, or it never was one; which is not said."""

    code = "link_expired"
    status = 404


async def make(session: AsyncSession, conversation_id: str, now: datetime) -> str | None:
    """The token of a new link, told this once; None where the conversation is gone."""
    if await session.get(ConversationRow, conversation_id) is None:
        return None
    token = secrets.token_urlsafe(32)
    session.add(
        ReturnLinkRow(token_hash=store.digest(token), conversation_id=conversation_id, expires_at=now + LINK_LENGTH)
    )
    return token


async def exchange(session: AsyncSession, token: str, now: datetime) -> tuple[str, str]:
    """The id of the conversation and a fresh key that opens it, beside those there are. Raises LinkExpired."""
    link = await session.get(ReturnLinkRow, store.digest(token))
    if link is None or now > aware(link.expires_at):
        raise LinkExpired
    return link.conversation_id, await store.add_key(session, link.conversation_id, now)


async def forget_expired(session: AsyncSession, now: datetime) -> None:
    """Delete the links that lead nowhere any more."""
    await session.execute(delete(ReturnLinkRow).where(ReturnLinkRow.expires_at < now))
