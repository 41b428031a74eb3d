"""Whether someone of a hub is there, and when it opens. Pure: the clock, the holidays and who is on line are given."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.clock import PARIS
from knowledge.hubs.record import HubRecord

# Beyond, the next opening is not announced: a record that closes for so long is to be read by people.
_HORIZON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SomeoneHere:
    """A counsellor is on line."""


@dataclass(frozen=True, slots=True)
class NobodyNow:
    """No counsellor is on line. `next_opening` is None where the hours are not filled in, and where the hub is open
    now (`is_open`)."""

    next_opening: datetime | None = None
    is_open: bool = False


Availability = SomeoneHere | NobodyNow


def availability(record: HubRecord, holidays: Collection[date], on_line: int, now: datetime) -> Availability:
    """What someone who asks for a person is told. `on_line`: how many counsellors of the hub are connected."""
    if on_line:
        return SomeoneHere()
    if is_open(record, holidays, now):
        return NobodyNow(is_open=True)
    return NobodyNow(next_opening(record, holidays, now))


def is_open(record: HubRecord, holidays: Collection[date], now: datetime) -> bool | None:
    """Whether the hub is open at `now`; None where its hours are not filled in."""
    if not record.hours:
        return None
    return any(start <= now < end for start, end in _openings(record, holidays, now, now))


def next_opening(record: HubRecord, holidays: Collection[date], now: datetime) -> datetime | None:
    """When the hub opens next, in Paris time; None where its hours are not filled in, or that is too far off."""
    return next((start for start, _ in _openings(record, holidays, now, now + _HORIZON) if start > now), None)


def open_time(record: HubRecord, holidays: Collection[date], since: datetime, until: datetime) -> timedelta:
    """How long the hub was open between two moments; where its hours are not filled in, all of the time counts."""
    if not record.hours:
        return until - since
    spans = ((max(start, since), min(end, until)) for start, end in _openings(record, holidays, since, until))
    return sum((end - start for start, end in spans if end > start), timedelta())


def _openings(
    record: HubRecord, holidays: Collection[date], since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The openings of the days from `since` to `until`, in order."""
    day, last = since.astimezone(PARIS).date(), until.astimezone(PARIS).date()
    while day <= last:
        if not _is_closed(record, holidays, day):
            for one in record.on_day(day):
                yield datetime.combine(day, one.start, PARIS), datetime.combine(day, one.end, PARIS)
        day += timedelta(days=1)


def _is_closed(record: HubRecord, holidays: Collection[date], day: date) -> bool:
    return day in holidays or any(closure.first <= day <= closure.last for closure in record.closures)
