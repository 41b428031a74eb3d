"""No summary of an erased conversation stays in memory, whichever process erased it."""

from sqlalchemy import select

from api.conversations.models import ConversationRow
from api.services import Services

EVERY_SECONDS = 60.0


async def forget_erased(services: Services) -> None:
    """Forget the summaries whose conversation is no longer there."""
    kept = services.summaries.conversations()
    async with services.sessions() as session:
        there = set(await session.scalars(select(ConversationRow.id).where(ConversationRow.id.in_(kept))))
    for conversation_id in kept - there:
        services.summaries.forget(conversation_id)
