"""The months that figures are of, and those before to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.errors import InvalidInput

LONGEST_MONTHS = 36
DEFAULT_MONTHS = 3


class BadPeriod(InvalidInput):
    """The period ends before it begins, or is longer than `LONGEST_MONTHS`."""

    code = "bad_period"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, from the first day of one to the last day of another: facts hold nothing finer."""

    start: date
    end: date

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        return tuple(_plus(self.start, n) for n in range(_count(self.start, self.end)))

    @property
    def previous(self) -> "Period":
        """As many months, just before."""
        return _months(_plus(self.start, -len(self.months)), len(self.months))


def period_of(from_: date | None, to: date | None, today: date) -> Period:
    """The whole months that hold these days; without them, the last `DEFAULT_MONTHS` with the current one. Raises
    BadPeriod."""
    end = to or today
    start = from_ or _plus(end.replace(day=1), 1 - DEFAULT_MONTHS)
    count = _count(start, end)
    if not 1 <= count <= LONGEST_MONTHS:
        raise BadPeriod(field="from")
    return _months(start.replace(day=1), count)


def _months(start: date, count: int) -> Period:
    return Period(start, _plus(start, count) - timedelta(days=1))


def _count(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _plus(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
