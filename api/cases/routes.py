"""HTTP of the counsellors' desk."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Cookie, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import EventSourceResponse

from api.accounts.access import ChangingCounsellorDep, Counsellor, CounsellorDep
from api.cases import service, transferring
from api.cases.events import desk_events
from api.cases.lifecycle import Status
from api.cases.models import CaseRow
from api.cases.queue import Wanted, visible_cases
from api.cases.schemas import CaseDetail, Cases, Closing, Reading, Transfer, Writing, Written
from api.cases.unread import mark_read
from api.cases.views import case_detail, case_views
from api.conversations.routes import NEVER_SECONDS
from api.conversations.schemas import Message
from api.database import ServicesDep, SessionDep
from api.live import CASES
from api.services import Services
from bot.messages import HandoverReason
from knowledge.errors import NotFound

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
    reason: Annotated[HandoverReason | None, Query()] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    *,
    mine: bool = False,
) -> Cases:
    """The queue; `q` holds words to search in what the cases say."""
    wanted = Wanted(status, hub, reason, q, mine)
    found = await visible_cases(session, services.catalogue, who, wanted)
    return Cases(items=await case_views(services, session, who, found))


@router.get("/events")
async def follow_cases(
    who: CounsellorDep,
    services: ServicesDep,
    session: SessionDep,
    hub_session: Annotated[str, Cookie()],
    case: Annotated[str | None, Query(max_length=32)] = None,
) -> EventSourceResponse:
    """Live events of the queue, and of the person of `case`, for as long as the session lasts. A case that is not
    there, or no longer, is left out."""
    looked_at = None
    with suppress(NotFound):
        looked_at = (await service.visible_case(session, who, case)).conversation_id if case else None
    return EventSourceResponse(desk_events(services, hub_session, looked_at), ping=NEVER_SECONDS)


@router.get("/{case_id}")
async def read_case(who: CounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep) -> CaseDetail:
    """One case, whole."""
    return await case_detail(services, session, who, case)


@router.post("/{case_id}/claim")
async def claim(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Take the case; exactly one counsellor can."""
    await service.claim(services, session, who, case)
    return await changed(services, session, who, case, later)


@router.post("/{case_id}/release")
async def release(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Put the case back in the queue."""
    await service.move(services, session, who, case, "release")
    return await changed(services, session, who, case, later)


@router.post("/{case_id}/transfer")
async def transfer(
    body: Transfer,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> CaseDetail:
    """Give the case to a colleague, another hub, the regional level or a partner."""
    await transferring.transfer(services, session, who, case, body)
    return await changed(services, session, who, case, later)


@router.post("/{case_id}/messages", status_code=201)
async def write(
    body: Writing,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Message:
    """Write to the person."""
    row = await service.write_to_person(services, session, who, case, body)
    tell(services, case, later)
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
    return await changed(services, session, who, case, later)


@router.post("/{case_id}/return")
async def give_back(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Give the conversation back to the assistant."""
    await service.move(services, session, who, case, "return")
    return await changed(services, session, who, case, later)


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
    return await changed(services, session, who, case, later)


@router.post("/{case_id}/reopen")
async def reopen(
    who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep, later: BackgroundTasks
) -> CaseDetail:
    """Put a case that ended back in the queue."""
    await service.move(services, session, who, case, "reopen")
    return await changed(services, session, who, case, later)


@router.put("/{case_id}/read", status_code=204)
async def read_up_to(body: Reading, who: ChangingCounsellorDep, case: CaseDep, session: SessionDep) -> None:
    """The conversation was read up to a message: what follows it is unread, for this account alone."""
    await mark_read(session, who.account.id, case, body.seq)


async def changed(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, later: BackgroundTasks
) -> CaseDetail:
    """The case after a change, which is told live."""
    tell(services, case, later)
    return await case_detail(services, session, who, case)


def tell(services: Services, case: CaseRow, later: BackgroundTasks) -> None:
    """Tell live that the case, or its conversation, has changed."""
    # Background tasks run once the transaction is committed and the response sent.
    later.add_task(services.broker.publish, case.conversation_id)
    later.add_task(services.broker.publish, CASES)
