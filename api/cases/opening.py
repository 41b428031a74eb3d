"""Opening a case from a conversation, or joining the one that is open."""

from collections.abc import Iterable
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.lifecycle import OPEN, OWNERS, status_of
from api.cases.models import CaseRow
from api.cases.moving import enter, record
from api.conversations import store
from api.services import Services

# Who comes first in the queue: distress before all, then what has legal delays, then the rest.
_PRIORITIES = {"distress": 0, "dismissal": 1, "resignation": 1, "minor": 1, "employer_conflict": 1}
_ORDINARY = 2


async def open_or_join(
    services: Services, session: AsyncSession, conversation_id: str, reasons: Iterable[str]
) -> tuple[CaseRow, bool]:
    """The open case of the conversation with these reasons added, or a new one, and whether it is new: however many
    ask at once, there is one. Raises NotFound."""
    now = services.clock.now()
    conversation = await store.locked(session, conversation_id, now)
    case = await open_case(session, conversation_id)
    is_new = case is None
    if case is None:
        case = CaseRow(
            id=uuid4().hex,
            conversation_id=conversation_id,
            status="pending",
            reasons=[],
            hub=conversation.hub,
            opened_at=now,
            waiting_since=now,
        )
        session.add(case)
    added = [reason for reason in dict.fromkeys(reasons) if reason not in case.reasons]
    case.reasons = [*case.reasons, *added]
    case.priority = min((_PRIORITIES.get(reason, _ORDINARY) for reason in case.reasons), default=_ORDINARY)
    conversation.owner = OWNERS[status_of(case.status)]
    await session.flush()
    if is_new:
        await record(services, session, case, "open", None)
    elif added:
        await record(services, session, case, "join", None, ",".join(added)[:100])
    return case, is_new


async def withdraw(services: Services, session: AsyncSession, conversation_id: str) -> None:
    """Close the waiting case as withdrawn by the person, who goes on with the assistant; nothing where a counsellor
    holds it or there is none. Raises NotFound."""
    await store.locked(session, conversation_id, services.clock.now())
    case = await open_case(session, conversation_id)
    if case is not None and case.status == "pending":
        await enter(services, session, case, "withdraw", by=None, changes={"outcome": "withdrawn"})


async def open_case(session: AsyncSession, conversation_id: str) -> CaseRow | None:
    """The case of a conversation that waits for a counsellor or is held by one."""
    found = select(CaseRow).where(CaseRow.conversation_id == conversation_id, CaseRow.status.in_(OPEN))
    return (await session.scalars(found)).one_or_none()


async def latest_case(session: AsyncSession, conversation_id: str) -> CaseRow | None:
    """The open case of a conversation, else its newest."""
    found = select(CaseRow).where(CaseRow.conversation_id == conversation_id)
    newest = found.order_by(CaseRow.status.not_in(OPEN), CaseRow.opened_at.desc(), CaseRow.id)
    return (await session.scalars(newest.limit(1))).first()
