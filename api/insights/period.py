"""The weeks, months, quarters or years that figures are of, and those before to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.errors import InvalidInput

By = Literal["week", "month", "quarter", "year"]
_MONTHS: dict[By, int] = {"month": 1, "quarter": 3, "year": 12}
_DEFAULT: dict[By, int] = {"week": 4, "month": 3, "quarter": 1, "year": 1}
LONGEST: dict[By, int] = {"week": 13, "month": 36, "quarter": 12, "year": 3}
# As many as the longest period and the one before it need.
WEEKS_KEPT = 2 * LONGEST["week"]


class BadPeriod(InvalidInput):
    """The period ends before it begins, or is longer than `LONGEST`."""

    code = "bad_period"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks, months, quarters or years, from the first day of one to the last day of another: facts hold nothing
    finer than the week."""

    start: date
    end: date
    by: By = "month"

    @property
    def units(self) -> tuple[date, ...]:
        """The first day of each week, month, quarter or year."""
        return tuple(_plus(self.start, n, self.by) for n in range(_count(self.start, self.end, self.by)))

    @property
    def previous(self) -> "Period":
        """As many, just before."""
        return _whole(_plus(self.start, -len(self.units), self.by), len(self.units), self.by)


def period_of(from_: date | None, to: date | None, today: date, by: By = "month") -> Period:
    """The whole weeks, months, quarters or years that hold these days; without them, the last ones with the current
    one. Raises BadPeriod."""
    end = to or today
    start = _first(from_, by) if from_ else _plus(_first(end, by), 1 - _DEFAULT[by], by)
    count = _count(start, end, by)
    if not 1 <= count <= LONGEST[by]:
        raise BadPeriod(field="from")
    return _whole(start, count, by)


def latest(by: By, today: date) -> Period:
    """The longest period that may be asked for, up to today."""
    return _whole(_plus(_first(today, by), 1 - LONGEST[by], by), LONGEST[by], by)


def first_shown(by: By) -> int:
    """How many of the latest are shown unless others are asked for."""
    return _DEFAULT[by]


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _whole(start: date, count: int, by: By) -> Period:
    return Period(start, _plus(start, count, by) - timedelta(days=1), by)


def _first(day: date, by: By) -> date:
    if by == "week":
        return week_of(day)
    return day.replace(day=1, month=(day.month - 1) // _MONTHS[by] * _MONTHS[by] + 1)


def _count(start: date, end: date, by: By) -> int:
    if by == "week":
        return (end - start).days // 7 + 1
    return ((end.year - start.year) * 12 + end.month - start.month) // _MONTHS[by] + 1


def _plus(first: date, units: int, by: By) -> date:
    if by == "week":
        return first + timedelta(weeks=units)
    number = first.year * 12 + first.month - 1 + units * _MONTHS[by]
    return date(number // 12, number % 12 + 1, 1)
