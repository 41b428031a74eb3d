"""Opening a case from a conversation, or joining the one that is open."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.models import CaseEventRow, CaseRow

OPEN = ("pending", "claimed")
# Who comes first in the queue: distress before all, then what has legal delays, then the rest.
_PRIORITIES = {"distress": 0, "dismissal": 1, "resignation": 1, "minor": 1, "employer_conflict": 1}
_ORDINARY = 2


async def open_or_join(
    session: AsyncSession, conversation_id: str, hub: str | None, reasons: Iterable[str], now: datetime
) -> CaseRow:
    """The open case of the conversation with these reasons added, or a new one."""
    case = await open_case(session, conversation_id)
    if case is None:
        case = CaseRow(
            id=uuid4().hex,
            conversation_id=conversation_id,
            status="pending",
            reasons=[],
            priority=_ORDINARY,
            hub=hub,
            opened_at=now,
        )
        session.add(case)
        await session.flush()
        session.add(CaseEventRow(case_id=case.id, at=now, actor=None, transition="open"))
    case.reasons = list(dict.fromkeys([*case.reasons, *reasons]))
    case.priority = min(_PRIORITIES.get(reason, _ORDINARY) for reason in case.reasons)
    await session.flush()
    return case


async def withdraw(session: AsyncSession, conversation_id: str, now: datetime) -> None:
    """Close the waiting case as withdrawn by the person."""
    case = await open_case(session, conversation_id)
    if case is not None and case.status == "pending":
        case.status, case.outcome, case.closed_at = "closed", "withdrawn", now
        session.add(CaseEventRow(case_id=case.id, at=now, actor=None, transition="withdraw"))


async def open_case(session: AsyncSession, conversation_id: str) -> CaseRow | None:
    """The case of a conversation that waits for a counsellor or is held by one."""
    case = await latest_case(session, conversation_id)
    return case if case is not None and case.status in OPEN else None


async def latest_case(session: AsyncSession, conversation_id: str) -> CaseRow | None:
    """The newest case of a conversation."""
    found = select(CaseRow).where(CaseRow.conversation_id == conversation_id)
    return (await session.scalars(found.order_by(CaseRow.opened_at.desc(), CaseRow.id).limit(1))).first()
