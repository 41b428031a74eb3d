"""HTTP of appointments: the person's side under their conversation, the counsellor's under the case."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingCounsellorDep, CounsellorDep
from api.appointments import service
from api.appointments.calendar import calendar_file
from api.appointments.models import AppointmentRow
from api.appointments.schemas import Appointment, Appointments, Fixing, Wish
from api.appointments.wording import FILE_NAME, invitation
from api.cases.routes import CaseDep
from api.conversations.routes import ConversationDep
from api.database import ServicesDep, SessionDep
from api.limits import RateLimit
from api.live import CASES
from api.services import Services

router = APIRouter()


@router.post("/api/conversations/{conversation_id}/appointments", status_code=201)
async def wish(
    body: Wish,
    conversation: ConversationDep,
    request: Request,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Appointment:
    """The person wishes an appointment; it counts as one of their messages."""
    limit: RateLimit = request.app.state.messages
    await limit.check(conversation.id)
    row = await service.wish(services, session, conversation, body)
    _publish(services, conversation.id, later)
    return Appointment.of(row)


@router.get("/api/conversations/{conversation_id}/appointments")
async def list_own(conversation: ConversationDep, session: SessionDep) -> Appointments:
    """The person's appointments."""
    return await _listed(session, conversation.id)


@router.post("/api/conversations/{conversation_id}/appointments/{appointment_id}/cancel")
async def give_up(
    appointment_id: str,
    conversation: ConversationDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Appointment:
    """The person cancels one."""
    row = await service.give_up(services, session, conversation, appointment_id)
    _publish(services, conversation.id, later)
    return Appointment.of(row)


@router.get("/api/conversations/{conversation_id}/appointments/{appointment_id}.ics")
async def read_file(
    appointment_id: str, conversation: ConversationDep, services: ServicesDep, session: SessionDep
) -> Response:
    """The calendar file of a date."""
    row = await service.of_person(session, conversation.id, appointment_id)
    entry = await invitation(services, session, row, conversation)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return Response(calendar_file(entry), media_type=f"text/calendar; method={entry.method}", headers=headers)


@router.get("/api/cases/{case_id}/appointments")
async def list_of_case(_who: CounsellorDep, case: CaseDep, session: SessionDep) -> Appointments:
    """The appointments of the person whose case it is."""
    return await _listed(session, case.conversation_id)


@dataclass(frozen=True, slots=True)
class _AtDesk:
    """What the counsellor acts with."""

    who: ChangingCounsellorDep
    case: CaseDep
    services: ServicesDep
    session: SessionDep
    later: BackgroundTasks

    async def fix(self, body: Fixing, row_id: str | None) -> Appointment:
        return self._told(await service.fix(self.services, self.session, self.who, self.case, body, row_id))

    async def cancel(self, row_id: str) -> Appointment:
        return self._told(await service.cancel(self.services, self.session, self.who, self.case, row_id))

    def _told(self, row: AppointmentRow) -> Appointment:
        _publish(self.services, self.case.conversation_id, self.later)
        return Appointment.of(row)


AtDeskDep = Annotated[_AtDesk, Depends(_AtDesk, scope="function")]


@router.post("/api/cases/{case_id}/appointments", status_code=201)
async def fix_new(body: Fixing, desk: AtDeskDep) -> Appointment:
    """Set a date that was agreed."""
    return await desk.fix(body, None)


@router.post("/api/cases/{case_id}/appointments/{appointment_id}/confirm")
async def confirm(appointment_id: str, body: Fixing, desk: AtDeskDep) -> Appointment:
    """Set the date of a wish, or another date."""
    return await desk.fix(body, appointment_id)


@router.post("/api/cases/{case_id}/appointments/{appointment_id}/cancel")
async def cancel(appointment_id: str, desk: AtDeskDep) -> Appointment:
    """Cancel one."""
    return await desk.cancel(appointment_id)


async def _listed(session: AsyncSession, conversation_id: str) -> Appointments:
    rows = await service.of_conversation(session, conversation_id)
    return Appointments(items=[Appointment.of(row) for row in rows])


def _publish(services: Services, conversation_id: str, later: BackgroundTasks) -> None:
    # Background tasks run once the transaction is committed and the response sent.
    later.add_task(services.broker.publish, conversation_id)
    later.add_task(services.broker.publish, CASES)
