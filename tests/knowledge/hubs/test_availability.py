"""Whether a hub is open and someone is there, at any moment of a week."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clock import PARIS
from knowledge.hubs.availability import NobodyNow, SomeoneHere, availability, is_open, next_opening, open_time
from knowledge.hubs.holidays import public_holidays
from knowledge.hubs.record import Closure, HubRecord, Range

OPEN = HubRecord(
    hours=tuple(
        Range(day=day, start=start, end=end)
        for day in ("monday", "tuesday", "friday")
        for start, end in ((time(9), time(12)), (time(13, 30), time(17)))
    ),
    closures=(Closure(first=date(2026, 12, 7), last=date(2026, 12, 8)),),
)
UNKNOWN = HubRecord()
HOLIDAYS = public_holidays("08105", date(2026, 11, 30))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(30, 10), NobodyNow(is_open=True)),  # a Monday morning
        (at(30, 12), NobodyNow(at(30, 13, 30))),  # noon: closed, back in the afternoon
        (at(30, 18), NobodyNow(at(1, 9, month=12))),
        (at(1, 18, month=12), NobodyNow(at(4, 9, month=12))),  # over two days without hours
        (at(4, 18, month=12), NobodyNow(at(11, 9, month=12))),  # over a week-end and a closure
    ],
)
def test_when_nobody_is_on_line_the_next_opening_is_told(now: datetime, expected: NobodyNow) -> None:
    assert availability(OPEN, HOLIDAYS, 0, now) == expected
    assert availability(OPEN, HOLIDAYS, 1, now) == SomeoneHere()


def test_nothing_is_told_of_hours_that_are_not_filled_in() -> None:
    assert availability(UNKNOWN, HOLIDAYS, 0, at(30, 10)) == NobodyNow()
    assert is_open(UNKNOWN, HOLIDAYS, at(30, 10)) is None


def test_a_hub_closed_for_months_announces_no_opening() -> None:
    closed = OPEN.model_copy(update={"closures": (Closure(first=date(2026, 1, 1), last=date(2027, 12, 31)),)})
    assert next_opening(closed, HOLIDAYS, at(30, 10)) is None


@pytest.mark.parametrize(("insee", "is_closed"), [("08105", False), ("68066", True), ("57672", True), ("67437", True)])
def test_alsace_and_moselle_have_two_more_holidays(insee: str, is_closed: bool) -> None:
    holidays = public_holidays(insee, date(2026, 4, 1))
    assert (date(2026, 4, 3) in holidays, date(2026, 12, 26) in holidays) == (is_closed, is_closed)
    assert is_open(OPEN, holidays, at(3, 10, month=4)) != is_closed
    assert date(2027, 1, 1) in holidays  # an opening is looked for over the new year


def test_a_holiday_is_closed() -> None:
    assert next_opening(OPEN, public_holidays("08105", date(2026, 7, 13)), at(13, 18, month=7)) == at(17, 9, month=7)


def test_hours_are_local_whatever_the_season() -> None:
    assert is_open(OPEN, HOLIDAYS, datetime.fromisoformat("2026-11-30T08:30:00+00:00"))
    assert not is_open(OPEN, HOLIDAYS, datetime.fromisoformat("2026-06-01T06:30:00+00:00"))
    assert is_open(OPEN, HOLIDAYS, datetime.fromisoformat("2026-06-01T07:30:00+00:00"))


def test_only_open_time_counts() -> None:
    assert open_time(OPEN, HOLIDAYS, at(30, 11, 55), at(30, 13, 35)) == timedelta(minutes=10)
    assert open_time(OPEN, HOLIDAYS, at(30, 17), at(1, 9, month=12)) == timedelta()
    assert open_time(UNKNOWN, HOLIDAYS, at(30, 17), at(1, 9, month=12)) == timedelta(hours=16)


MINUTES = st.integers(0, 600 * 24 * 60)


@given(MINUTES)
def test_it_is_open_at_its_next_opening_and_not_before(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=PARIS) + timedelta(minutes=minutes)
    holidays = public_holidays("68066", now.date())
    opening = next_opening(OPEN, holidays, now)
    assert opening is not None
    assert is_open(OPEN, holidays, opening)
    if not is_open(OPEN, holidays, now):
        assert open_time(OPEN, holidays, now, opening) == timedelta()
