"""Appointments are wished by the person, set, changed and cancelled by the counsellor who holds the case."""

from datetime import UTC, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.appointments.calendar import calendar_file
from api.appointments.models import AppointmentRow
from api.appointments.schemas import Fixing, Wish
from api.appointments.wording import FILE_NAME, invitation, payload, said
from api.cases.models import CaseRow
from api.cases.moving import NotCaseHolder
from api.cases.opening import open_or_join
from api.conversations import store
from api.conversations.models import ConversationRow
from api.notifications.news import tell_person
from api.notifications.outbox import Attachment
from api.services import Services
from bot.messages import Appointment
from bot.profile import too_young_for_contact
from knowledge.errors import HubError, InvalidInput, NotFound

FURTHEST = timedelta(days=366)
MINUTES = 45


class AppointmentDate(InvalidInput):
    """The date is past, or more than a year ahead."""

    code = "appointment_date"


class AppointmentEnded(HubError):
    """The appointment is cancelled already."""

    code = "appointment_ended"
    status = 409


class AppointmentPlace(InvalidInput):
    """An appointment at the hub needs to say which."""

    code = "appointment_place"


class TooYoung(HubError):
    """Under 15, no contact detail is taken: the appointment is at the hub, with an adult."""

    code = "appointment_too_young"
    status = 409


async def wish(services: Services, session: AsyncSession, conversation: ConversationRow, body: Wish) -> AppointmentRow:
    """The person wishes an appointment: it joins their open case, or opens one. A new wish replaces the one before.
    Raises AppointmentDate, TooYoung."""
    today, age = services.clock.today(), conversation.profile.get("age")
    if any(not today <= slot.day <= today + FURTHEST for slot in body.slots):
        raise AppointmentDate(field="slots")
    if too_young_for_contact(age) and body.mode != "onsite":
        raise TooYoung(field="mode")
    case, _ = await open_or_join(services, session, conversation.id, ["asked"])
    row = await _replace_wish(services, session, case, body)
    await _say(services, session, row, "wished", kind="text")
    return row


async def ask_for(services: Services, session: AsyncSession, case: CaseRow, asked: Appointment) -> None:
    """The person asked for an appointment while talking with the assistant, which answers. Asked again without a day,
    it is the same wish."""
    wished = [row for row in await of_conversation(session, case.conversation_id) if row.status == "wished"]
    if asked.slots or not wished:
        await _replace_wish(services, session, case, asked)


async def _replace_wish(
    services: Services, session: AsyncSession, case: CaseRow, asked: Wish | Appointment
) -> AppointmentRow:
    for old in await of_conversation(session, case.conversation_id):
        if old.status == "wished":
            await session.delete(old)
    row = _new(services, case, asked.mode)
    row.slots = [slot.model_dump(mode="json") for slot in asked.slots]
    session.add(row)
    return row


async def fix(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, body: Fixing, row_id: str | None
) -> AppointmentRow:
    """Set a date: a new appointment, or that of a wish (`row_id`), or another date for one that has one. The person is
    told. Raises NotCaseHolder, NotFound, AppointmentEnded, AppointmentDate, AppointmentPlace."""
    await _hold(services, session, who, case)
    now = services.clock.now()
    if not now < body.at <= now + FURTHEST:
        raise AppointmentDate(field="at")
    row = _new(services, case, body.mode) if row_id is None else await _of_case(session, case, row_id)
    if row.status == "cancelled":
        raise AppointmentEnded
    told = "changed" if row.status == "confirmed" else "confirmed"
    row.sequence += told == "changed"
    row.status, row.starts_at, row.mode, row.minutes = "confirmed", body.at.astimezone(UTC), body.mode, body.minutes
    row.hub, row.by, row.updated_at = _hub(services, body.hub or row.hub, body.mode), who.account.id, now
    session.add(row)
    await _tell(services, session, case, row, told)
    return row


async def cancel(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, row_id: str
) -> AppointmentRow:
    """The counsellor cancels it; the person is told. Raises NotCaseHolder, NotFound, AppointmentEnded."""
    await _hold(services, session, who, case)
    return await _cancel(services, session, case, await _of_case(session, case, row_id), who.account.id)


async def give_up(
    services: Services, session: AsyncSession, conversation: ConversationRow, row_id: str
) -> AppointmentRow:
    """The person cancels it. Raises NotFound, AppointmentEnded."""
    row = await of_person(session, conversation.id, row_id)
    case = await session.get_one(CaseRow, row.case_id)
    return await _cancel(services, session, case, row, None)


async def of_conversation(session: AsyncSession, conversation_id: str) -> list[AppointmentRow]:
    """Those of a conversation, oldest first."""
    found = select(AppointmentRow).where(AppointmentRow.conversation_id == conversation_id)
    return list(await session.scalars(found.order_by(AppointmentRow.created_at, AppointmentRow.id)))


async def of_person(session: AsyncSession, conversation_id: str, row_id: str) -> AppointmentRow:
    """One of a conversation. Raises NotFound."""
    row = await session.get(AppointmentRow, row_id)
    if row is None or row.conversation_id != conversation_id:
        raise NotFound
    return row


async def _of_case(session: AsyncSession, case: CaseRow, row_id: str) -> AppointmentRow:
    # A conversation may have had another case before: its appointments are those of the person still.
    return await of_person(session, case.conversation_id, row_id)


async def _hold(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> None:
    await store.locked(session, case.conversation_id, services.clock.now())
    await session.refresh(case)
    if case.status != "claimed" or case.claimed_by != who.account.id:
        raise NotCaseHolder


def _new(services: Services, case: CaseRow, mode: str) -> AppointmentRow:
    now = services.clock.now()
    return AppointmentRow(
        id=uuid4().hex,
        conversation_id=case.conversation_id,
        case_id=case.id,
        hub=case.hub,
        status="wished",
        mode=mode,
        slots=[],
        minutes=MINUTES,
        sequence=0,
        created_at=now,
        updated_at=now,
    )


def _hub(services: Services, hub: str | None, mode: str) -> str | None:
    if (hub is None and mode == "onsite") or (hub is not None and hub not in services.catalogue.hubs):
        raise AppointmentPlace(field="hub")
    return hub


async def _cancel(
    services: Services, session: AsyncSession, case: CaseRow, row: AppointmentRow, by: str | None
) -> AppointmentRow:
    if row.status == "cancelled":
        raise AppointmentEnded
    was_wished = row.status == "wished"
    row.status, row.by, row.updated_at = "cancelled", by, services.clock.now()
    if was_wished:
        await _say(services, session, row, "wish_cancelled", kind="text")
    else:
        row.sequence += 1
        await _tell(services, session, case, row, "cancelled")
    return row


async def _tell(services: Services, session: AsyncSession, case: CaseRow, row: AppointmentRow, key: str) -> None:
    """The person reads it in the conversation, and in a mail with the calendar file where they want one."""
    text = await _say(services, session, row, key, kind="appointment")
    conversation = await store.by_id(session, row.conversation_id)
    entry = await invitation(services, session, row, conversation)
    file = Attachment(FILE_NAME, f"text/calendar; method={entry.method}; charset=utf-8", calendar_file(entry))
    if services.settings.sends_mail:
        await tell_person(services, session, case, f"appointment_{key}", attachments=[file], said=text)


async def _say(services: Services, session: AsyncSession, row: AppointmentRow, key: str, kind: str) -> str:
    conversation = await store.locked(session, row.conversation_id, services.clock.now())
    text = await said(services, session, row, key)
    drawn = payload(row) if kind == "appointment" else None
    await store.append(
        session, conversation, author="system", text=text, now=services.clock.now(), kind=kind, payload=drawn
    )
    return text
