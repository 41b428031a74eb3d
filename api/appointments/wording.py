"""Appointments in words, and as messages and files of the person's conversation."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.calendar import Invitation
from api.appointments.models import AppointmentRow
from api.conversations.models import ConversationRow
from api.database import aware
from api.hubs.versions import published
from api.notifications.recipients import of_person
from api.services import Services
from bot.opening_hours import day_of_month, moment
from knowledge.clock import PARIS
from knowledge.errors import NotFound
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "appointments.yml")
FILE_NAME = "rendez-vous.ics"


async def place_of(services: Services, session: AsyncSession, row: AppointmentRow) -> str:
    """Where it is: the address of the hub, else its town; by telephone, nowhere."""
    if row.mode != "onsite":
        return ""
    hub = services.catalogue.hubs.get(row.hub or "")
    return (await published(session, row.hub)).record.address or (hub.town if hub else "")


async def said(services: Services, session: AsyncSession, row: AppointmentRow, key: str) -> str:
    """The sentence `key` about an appointment."""
    place = await place_of(services, session, row)
    return TEXTS.get(
        key,
        mode=TEXTS.get(f"modes.{row.mode}"),
        slots=slots(row.slots),
        when=when(row.starts_at, services.clock.today()) if row.starts_at else "",
        place=TEXTS.get("place", address=place) if place else "",
    )


def when(starts_at: datetime, today: date) -> str:
    """«mardi 1er décembre à 14 h 30», in Paris time."""
    return moment(aware(starts_at).astimezone(PARIS), today)


def slots(wished: list[dict[str, Any]]) -> str:
    """«mardi 1er décembre le matin ou …», «dès que possible»."""
    named = [f"{day_of_month(date.fromisoformat(slot['day']))} {TEXTS.get('parts.' + slot['part'])}" for slot in wished]
    return " ou ".join(named) or TEXTS.get("soon")


def payload(row: AppointmentRow) -> dict[str, Any]:
    """What a screen draws of a date."""
    starts = aware(row.starts_at) if row.starts_at else None
    return {
        "id": row.id,
        "at": starts.isoformat() if starts else None,
        "hub": row.hub,
        "mode": row.mode,
        "status": row.status,
        "minutes": row.minutes,
        "file": {
            "url": f"/api/conversations/{row.conversation_id}/appointments/{row.id}.ics",
            "label": TEXTS.get("file"),
        },
    }


async def invitation(
    services: Services, session: AsyncSession, row: AppointmentRow, conversation: ConversationRow
) -> Invitation:
    """The calendar entry of a date. Raises NotFound for a wish, which has none."""
    if row.starts_at is None:
        raise NotFound
    sender = services.settings.mail_from or "ne-pas-repondre@hub-des-competences.invalid"
    mode = TEXTS.get(f"modes.{row.mode}")
    return Invitation(
        uid=f"{row.id}@hub-des-competences",
        sequence=row.sequence,
        written_at=aware(row.updated_at),
        starts_at=aware(row.starts_at),
        minutes=row.minutes,
        title=f"{TEXTS.get('title')} ({mode})",
        details=TEXTS.get("details"),
        place=await place_of(services, session, row) or mode,
        organiser=(await published(session, row.hub)).record.email or sender,
        attendee=of_person(conversation),
        cancelled=row.status == "cancelled",
    )
