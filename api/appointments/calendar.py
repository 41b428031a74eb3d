"""The calendar file of an appointment (iCalendar, RFC 5545 and 5546)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

from knowledge.clock import PARIS

PRODUCT = "-//Hub des competences//Rendez-vous//FR"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What stands in the file. `starts_at` is an instant, written in Paris time; `organiser` and `attendee` are mail
    addresses; without an attendee the file publishes a date instead of inviting to it. `cancelled` takes the date out
    of the calendar that has it: `uid` is the same, `sequence` is higher."""

    uid: str
    sequence: int
    written_at: datetime
    starts_at: datetime
    minutes: int
    title: str
    details: str
    place: str
    organiser: str
    attendee: str | None
    cancelled: bool

    @property
    def method(self) -> Literal["REQUEST", "CANCEL", "PUBLISH"]:
        """What the calendar that receives it should do."""
        if self.cancelled:
            return "CANCEL"
        return "REQUEST" if self.attendee else "PUBLISH"


def calendar_file(invitation: Invitation) -> bytes:
    """The file, with the rules of Paris time in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method)
    calendar.add_component(_event(invitation))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(invitation: Invitation) -> Event:
    starts = invitation.starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.written_at)
    event.add("dtstart", starts.astimezone(PARIS))
    event.add("dtend", (starts + timedelta(minutes=invitation.minutes)).astimezone(PARIS))
    event.add("summary", invitation.title)
    event.add("description", invitation.details)
    event.add("location", invitation.place)
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{invitation.organiser}"))
    if invitation.attendee:
        attendee = vCalAddress(f"mailto:{invitation.attendee}")
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        event.add("attendee", attendee, encode=False)
    return event
