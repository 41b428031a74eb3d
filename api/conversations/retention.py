"""Conversations are not kept for ever: those that nobody touched for long go, everywhere they are kept."""

from datetime import timedelta

from sqlalchemy import select

from api.cases.lifecycle import OPEN
from api.cases.models import CaseRow
from api.conversations.erasure import erase_everywhere
from api.conversations.locks import turn_lock
from api.conversations.models import ConversationRow
from api.services import Services


async def forget_old_conversations(services: Services) -> None:
    """Erase each conversation unchanged for `conversation_days`, unless a case of it is open: who waits is not
    forgotten, and the case expires first."""
    before = services.clock.now() - timedelta(days=services.settings.conversation_days)
    in_hand = select(CaseRow.conversation_id).where(CaseRow.status.in_(OPEN))
    old = select(ConversationRow.id).where(ConversationRow.updated_at < before, ConversationRow.id.not_in(in_hand))
    async with services.sessions() as session:
        ids = list(await session.scalars(old))
    for conversation_id in ids:
        async with turn_lock(services, conversation_id):
            await erase_everywhere(services, conversation_id)
