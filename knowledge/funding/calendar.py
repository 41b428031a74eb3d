"""When to act, counted backwards from the day the training starts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from knowledge.funding.criteria import holds
from knowledge.funding.lines import Line
from knowledge.funding.loading import Records
from knowledge.funding.rules import notice_days
from knowledge.funding.situation import Situation

_REMINDER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do at the latest on `day`."""

    day: date
    act: str
    scheme: str


def acts(lines: Iterable[Line], situation: Situation, records: Records) -> Iterator[Act]:
    """Those of the open lines, past ones too; none without a start date."""
    start = situation.training.start_date
    if start is None:
        return
    for line in lines:
        if not line.open:
            continue
        for step in records.schemes[line.scheme].steps:
            days = _days(line.scheme, step.days_before, situation)
            if days is not None and holds(step.when, situation):
                yield Act(start - timedelta(days=days), step.act, line.scheme)
            if days is not None:
                break


def _days(scheme: str, days: int | None, situation: Situation) -> int | None:
    """The absence from work is asked 60 or 120 days before; the CPF asks for none off working time."""
    if scheme == "ptp":
        return notice_days(situation) if situation.training.on_working_time is not False else None
    if scheme == "cpf":
        return cpf_leave_days(situation)
    return days


def cpf_leave_days(situation: Situation) -> int | None:
    """Days before the start for a CPF training on working time (D6323-4); None off working time."""
    if situation.training.on_working_time is not True:
        return None
    return 120 if (situation.training.months or 0) >= 6 else 60


def to_ics(found: Iterable[Act], now: datetime, title: str) -> bytes:
    """A calendar file: a day for each act, with a reminder a week before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hub des competences//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for act in found:
        event = Event()
        event.add("uid", f"{act.scheme}-{act.day.isoformat()}@hub-des-competences")
        event.add("dtstamp", now)
        event.add("dtstart", act.day)
        event.add("dtend", act.day + timedelta(days=1))
        event.add("summary", act.act)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", act.act)
        alarm.add("trigger", -_REMINDER)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
