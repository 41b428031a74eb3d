"""The person's opinion at the end: when it is asked for, and how it is kept."""

import asyncio
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.lifecycle import OPEN
from api.cases.models import CaseRow
from api.conversations.models import ConversationRow
from api.insights.facts import Fact
from api.insights.models import SatisfactionCommentRow
from api.insights.noting import Source, month_of, note, noted
from api.learning.inbox import said_elsewhere
from api.services import Services
from nlu.anonymising import anonymous
from nlu.understanding import Context

Answer = Literal["helped", "partly", "not_helped"]
State = Literal["asked", "answered"]


async def state(session: AsyncSession, conversation: ConversationRow, case: CaseRow | None) -> State | None:
    """Whether the opinion was given, or is asked for: after a plan, a goodbye, the last question, the end of a case."""
    if "satisfaction" in (await noted(session, conversation.id)).codes:
        return "answered"
    is_over = conversation.memory.get("ended_seq") is not None or (case is not None and case.status not in OPEN)
    return "asked" if is_over else None


async def keep(
    services: Services, session: AsyncSession, conversation: ConversationRow, answer: Answer, comment: str
) -> None:
    """Keep the opinion on a locked conversation; the last one counts."""
    now = services.clock.now()
    source = Source(conversation.id, conversation.hub, conversation.channel)
    await note(session, source, [Fact("satisfaction", answer)], now)
    if comment:
        row = SatisfactionCommentRow(
            conversation_id=conversation.id, month=month_of(now), hub=conversation.hub, text=comment
        )
        await session.merge(row)


async def without_identity(services: Services, conversation: ConversationRow, comment: str) -> str:
    """A comment without what says who wrote it."""
    understood = await asyncio.to_thread(services.interpreter.parse, comment, Context(services.clock.today()))
    return anonymous(comment, understood.entities, said_elsewhere(conversation))
