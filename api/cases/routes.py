"""HTTP of the counsellors' desk."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Cookie, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.accounts.access import ChangingCounsellorDep, Counsellor, CounsellorDep
from api.accounts.names import account_name
from api.accounts.presence import keep_present
from api.accounts.service import is_signed_in
from api.cases import service
from api.cases.lifecycle import Status
from api.cases.models import CaseRow
from api.cases.schemas import Case, CaseDetail, Cases, Closing, Note, Transfer, Written
from api.conversations import store
from api.conversations.models import MessageRow
from api.conversations.routes import HEARTBEAT_SECONDS, NEVER_SECONDS
from api.conversations.schemas import Message
from api.database import ServicesDep, SessionDep, aware
from api.live import CASES
from api.services import Services
from bot.profile import CONTACT_FIELDS, labels
from bot.summary import ConversationRecord, Line, summarise

router = APIRouter(prefix="/api/cases")


async def visible(case_id: str, who: CounsellorDep, session: SessionDep) -> CaseRow:
    """The case of the address, when the counsellor may see it."""
    return await service.visible_case(session, who, case_id)


CaseDep = Annotated[CaseRow, Depends(visible, scope="function")]


@router.get("")
async def list_cases(
    who: CounsellorDep,
    services: ServicesDep,
    session: SessionDep,
    status: Status | None = None,
    hub: Annotated[str | None, Query(max_length=60)] = None,
    *,
    mine: bool = False,
) -> Cases:
    """The queue."""
    found = await service.visible_cases(session, who, status, hub, mine=mine)
    return Cases(items=[await _case(services, session, who, case) for case in found])


@router.get("/events")
async def follow_cases(
    _who: CounsellorDep, services: ServicesDep, hub_session: Annotated[str, Cookie()]
) -> EventSourceResponse:
    """`cases` each time the queue or a conversation of it changes, for as long as the session lasts."""
    return EventSourceResponse(_changes(services, hub_session), ping=NEVER_SECONDS)


@router.get("/{case_id}")
async def read_case(who: CounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep) -> CaseDetail:
    """One case, whole."""
    return await _detail(services, session, who, case)


@router.post("/{case_id}/claim")
async def claim(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Take the case; exactly one counsellor can."""
    await service.claim(services, session, who, case)
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/release")
async def release(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Put the case back in the queue."""
    await service.move(services, session, who, case, "release")
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/transfer")
async def transfer(
    body: Transfer,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> CaseDetail:
    """Give the case to a colleague or to another hub."""
    await service.transfer(services, session, who, case, body.to)
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/messages", status_code=201)
async def write(
    body: Written,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Message:
    """Write to the person."""
    row = await service.write_to_person(services, session, who, case, body.text)
    _publish(services, case, later)
    return Message.of(row)


@router.post("/{case_id}/notes", status_code=201)
async def note(
    body: Written,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> CaseDetail:
    """Write an internal note."""
    await service.add_note(session, who, case, body.text, services.clock.now())
    await session.flush()
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/return")
async def give_back(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Give the conversation back to the assistant."""
    await service.move(services, session, who, case, "return")
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/close")
async def close(
    body: Closing,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> CaseDetail:
    """Close the case with an outcome."""
    await service.close(services, session, who, case, body.outcome)
    return await _changed(services, session, who, case, later)


@router.post("/{case_id}/reopen")
async def reopen(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Put a case that ended back in the queue."""
    await service.move(services, session, who, case, "reopen")
    return await _changed(services, session, who, case, later)


async def _changed(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, later: BackgroundTasks
) -> CaseDetail:
    _publish(services, case, later)
    return await _detail(services, session, who, case)


def _publish(services: Services, case: CaseRow, later: BackgroundTasks) -> None:
    # Background tasks run once the transaction is committed and the response sent.
    later.add_task(services.broker.publish, case.conversation_id)
    later.add_task(services.broker.publish, CASES)


async def _case(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> Case:
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    record = ConversationRecord(
        messages=tuple(Line(row.seq, row.author, row.kind, row.text, row.payload) for row in rows),
        profile=conversation.profile,
        evidence=conversation.evidence,
        memory=conversation.memory,
        catalogue=services.catalogue,
        reasons=tuple(case.reasons),
    )
    return Case(
        id=case.id,
        status=case.status,
        reasons=case.reasons,
        priority=case.priority,
        opened_at=aware(case.opened_at),
        claimed_by=await account_name(session, case.claimed_by),
        mine=case.claimed_by == who.account.id,
        awaits_reply=_awaits_reply(rows),
        hub=case.hub,
        contact={name: conversation.profile[name] for name in CONTACT_FIELDS if name in conversation.profile},
        summary=summarise(record),
    )


def _awaits_reply(rows: Sequence[MessageRow]) -> bool:
    authors = [row.author for row in rows if row.author in {"person", "counsellor", "bot"}]
    return bool(authors) and authors[-1] == "person"


async def _detail(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> CaseDetail:
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    written = await service.notes(session, case)
    return CaseDetail(
        **(await _case(services, session, who, case)).model_dump(),
        transcript=[Message.of(row) for row in rows],
        profile=conversation.profile,
        labels=labels(conversation.profile, services.catalogue),
        notes=[Note(author=name, at=aware(row.at), text=row.text) for name, row in written],
    )


async def _changes(services: Services, token: str) -> AsyncIterator[ServerSentEvent]:
    async for changed in services.broker.changes(CASES, HEARTBEAT_SECONDS):
        now = services.clock.now()
        async with services.sessions() as session, session.begin():
            if not await is_signed_in(session, token, now):
                return
            await keep_present(session, token, now)
        yield ServerSentEvent(event="cases", data="{}") if changed else ServerSentEvent(comment="…")
