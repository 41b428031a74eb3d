"""What counsellors do with cases. One transaction each; live events are published once it is committed."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.models import AccountRow
from api.cases.lifecycle import IllegalTransition
from api.cases.models import CaseNoteRow, CaseRow
from api.cases.moving import NotCaseHolder, enter
from api.cases.schemas import Writing
from api.cases.visibility import may_read
from api.conversations import store
from api.conversations.models import MessageRow
from api.notifications.news import answered
from api.services import Services
from knowledge.errors import NotFound


async def visible_case(session: AsyncSession, who: Counsellor, case_id: str) -> CaseRow:
    """One case of this counsellor's hubs, or one they hold. Raises NotFound for any other, alike."""
    case = await session.get(CaseRow, case_id)
    if case is None or not may_read(who, case):
        raise NotFound
    return case


async def claim(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> None:
    """Take the case: exactly one counsellor does; for its holder nothing changes. Raises CaseAlreadyClaimed,
    IllegalTransition."""
    try:
        await enter(services, session, case, "claim", by=who.account.id)
    except IllegalTransition:
        if not holds(who, case):
            raise


async def move(
    services: Services,
    session: AsyncSession,
    who: Counsellor,
    case: CaseRow,
    transition: Literal["release", "return", "reopen"],
) -> None:
    """Release, return or open a case again. Raises NotCaseHolder, IllegalTransition."""
    await enter(services, session, case, transition, by=who.account.id)


async def close(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, outcome: str) -> None:
    """Close a case. Raises NotCaseHolder, IllegalTransition."""
    changes = {"outcome": outcome}
    await enter(services, session, case, "close", by=who.account.id, changes=changes, detail=outcome)


async def write_to_person(
    services: Services,
    session: AsyncSession,
    who: Counsellor,
    case: CaseRow,
    writing: Writing,
    kind: str = "text",
    payload: dict[str, Any] | None = None,
) -> MessageRow:
    """A message of the counsellor in the conversation, of a kind and with a payload that are ours; the one that the
    same `client_id` made before, if any. Raises NotCaseHolder."""
    conversation = await store.locked(session, case.conversation_id, services.clock.now())
    await session.refresh(case)
    client_id = writing.client_id and str(writing.client_id)
    written = await store.posted_before(session, conversation.id, client_id) if client_id else None
    if written is not None:
        return written
    if not holds(who, case):
        raise NotCaseHolder
    now = services.clock.now()
    case.active_at = now
    row = await store.append(
        session,
        conversation,
        author="counsellor",
        text=writing.text,
        now=now,
        kind=kind,
        payload=payload,
        client_id=client_id,
    )
    await answered(services, session, case)
    return row


async def add_note(session: AsyncSession, who: Counsellor, case: CaseRow, text: str, now: datetime) -> None:
    """An internal note on the case."""
    if holds(who, case):
        case.active_at = now
    session.add(CaseNoteRow(case_id=case.id, author=who.account.id, at=now, text=text))


async def notes(session: AsyncSession, case: CaseRow) -> list[tuple[str, CaseNoteRow]]:
    """The notes of a case with their authors' names, oldest first."""
    found = select(AccountRow.name, CaseNoteRow).join(AccountRow, AccountRow.id == CaseNoteRow.author)
    rows = await session.execute(found.where(CaseNoteRow.case_id == case.id).order_by(CaseNoteRow.id))
    return [(name, row) for name, row in rows]


def holds(who: Counsellor, case: CaseRow) -> bool:
    """Whether the case is in their hands now."""
    return case.status == "claimed" and case.claimed_by == who.account.id
