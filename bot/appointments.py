"""What a person who asks for an appointment says of when and how it would suit them."""

import re
from datetime import date, timedelta
from typing import Final

from bot.folding import fold
from bot.messages import Appointment, AppointmentMode, HalfDay, HalfDayPart
from bot.opening_hours import day_of_month
from bot.profile import too_young_for_contact
from bot.turn import Turn
from bot.wording import say

_FURTHEST: Final = timedelta(days=366)
_SLOTS_MAX: Final = 6
_PHONE = re.compile(r"\b(telephone|tel|appel\w*|rappel\w*)\b")
_VIDEO = re.compile(r"\b(visio\w*|video\w*)\b")
_MORNING = re.compile(r"\b(matin\w*|(?:8|9|1[01]) ?h)")
_AFTERNOON = re.compile(r"\b(apres[- ]midi|aprem|soir\w*|midi|(?:1[2-9]|20) ?h)")


def wished(turn: Turn) -> Appointment:
    """The appointment asked for in this message; without a day, as soon as possible. A child comes to the hub."""
    folded = fold(turn.heard.text)
    days = {day for value in turn.heard.values("date") if (day := _day(value, turn.metadata.today))}
    slots = [HalfDay(day=day, part=part) for day in sorted(days) for part in _parts(folded)]
    mode: AppointmentMode = "phone" if _PHONE.search(folded) else "video" if _VIDEO.search(folded) else "onsite"
    if too_young_for_contact(turn.state.number("age")):
        mode = "onsite"
    return Appointment(mode=mode, slots=tuple(slots[:_SLOTS_MAX]))


def noted(appointment: Appointment | None) -> str:
    """The sentence that says which days were noted; empty where none was told."""
    days: dict[date, list[str]] = {}
    for slot in appointment.slots if appointment else ():
        days.setdefault(slot.day, []).append(slot.part)
    told = [_told(day, parts) for day, parts in days.items()]
    return say("handover.days", days=f" {say('handover.or')} ".join(told)) if told else ""


def _told(day: date, parts: list[str]) -> str:
    name = day_of_month(day)
    return name if len(parts) > 1 else say(f"handover.{parts[0]}", day=name)


def _day(value: object, today: date) -> date | None:
    """A day to come; not a month, which is no day to meet on."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if today <= day <= today + _FURTHEST else None


def _parts(folded: str) -> tuple[HalfDayPart, ...]:
    morning, afternoon = bool(_MORNING.search(folded.replace("apres-midi", ""))), bool(_AFTERNOON.search(folded))
    if morning == afternoon:
        return ("morning", "afternoon")
    return ("morning",) if morning else ("afternoon",)
