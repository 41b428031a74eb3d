"""Keeping, labelling and forgetting messages that may have been misread."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.conversations.models import ConversationRow, MessageRow
from api.learning.models import ReviewRow
from api.services import Services
from bot.messages import Review
from bot.profile import CONTACT_FIELDS
from knowledge.errors import NotFound
from nlu.anonymising import anonymous
from nlu.understanding import Context, Understanding

SHOWN_MAX = 100
GUESSES = 3
LABELLED_DAYS = 365
"""What is labelled is meant to be exported; it is not kept for ever either."""


async def keep(services: Services, conversation_id: str, reviews: Sequence[Review]) -> None:
    """Keep the messages that `reviews` name, without what says who wrote them, where the person agreed to it.

    Only typed messages, each once; distress never.
    """
    for review in reviews:
        async with services.sessions() as session:
            found = await _message(session, conversation_id, review)
        if found is None:
            continue
        conversation, message = found
        context = Context(services.clock.today())
        understood = await asyncio.to_thread(services.interpreter.parse, message.text, context)
        if understood.intent.name == "distress":
            continue
        async with services.sessions() as session, session.begin():
            session.add(_kept(conversation, message, review, understood))


async def _message(
    session: AsyncSession, conversation_id: str, review: Review
) -> tuple[ConversationRow, MessageRow] | None:
    conversation = await session.get(ConversationRow, conversation_id)
    message = await session.get(MessageRow, (conversation_id, review.seq))
    if conversation is None or not conversation.learning_consent or message is None:
        return None
    if message.author != "person" or message.choice_id is not None:
        return None
    twice = select(ReviewRow.id).where(ReviewRow.conversation_id == conversation_id, ReviewRow.seq == review.seq)
    return None if await session.scalar(twice) else (conversation, message)


def _kept(conversation: ConversationRow, message: MessageRow, review: Review, understood: Understanding) -> ReviewRow:
    return ReviewRow(
        id=uuid4().hex,
        conversation_id=conversation.id,
        seq=message.seq,
        hub=conversation.hub,
        text=anonymous(message.text, understood.entities, said_elsewhere(conversation)),
        reason=review.reason,
        guesses=[score.name for score in understood.ranking][:GUESSES],
        at=message.at,
    )


def said_elsewhere(conversation: ConversationRow) -> list[str]:
    """Words of the profile that say who the person is."""
    return [str(conversation.profile[name]) for name in CONTACT_FIELDS if conversation.profile.get(name)]


async def waiting(session: AsyncSession, who: Counsellor, *, labelled: bool) -> list[ReviewRow]:
    """What is to label, oldest first, or what was labelled, latest first; of this counsellor's hubs, 100 at most."""
    found = select(ReviewRow).limit(SHOWN_MAX)
    if labelled:
        found = found.where(ReviewRow.label.is_not(None)).order_by(ReviewRow.labelled_at.desc())
    else:
        found = found.where(ReviewRow.label.is_(None)).order_by(ReviewRow.at)
    if who.hubs is not None:
        found = found.where(or_(ReviewRow.hub.is_(None), ReviewRow.hub.in_(who.hubs)))
    return list(await session.scalars(found))


async def visible(session: AsyncSession, who: Counsellor, review_id: str) -> ReviewRow:
    """One message of this counsellor's hubs. Raises NotFound for any other, alike."""
    row = await session.get(ReviewRow, review_id)
    if row is None or not who.may_see(row.hub):
        raise NotFound
    return row


def label(row: ReviewRow, intent: str, text: str, who: Counsellor, now: datetime) -> None:
    """Say what the message means; from then on nothing leads back to its conversation."""
    row.label, row.text = intent, text
    row.labelled_by, row.labelled_at = who.account.id, now
    row.conversation_id = row.seq = row.hub = None


async def forget_unlabelled(session: AsyncSession, conversation_id: str) -> None:
    """Consent is withdrawn: what waits of this conversation goes."""
    await session.execute(delete(ReviewRow).where(ReviewRow.conversation_id == conversation_id))


async def forget_old(session: AsyncSession, now: datetime, days: int) -> None:
    """What nobody labelled for `days` days goes, and what was labelled a year ago."""
    unlabelled = and_(ReviewRow.label.is_(None), ReviewRow.at < now - timedelta(days=days))
    labelled = ReviewRow.labelled_at < now - timedelta(days=LABELLED_DAYS)
    await session.execute(delete(ReviewRow).where(or_(unlabelled, labelled)))
