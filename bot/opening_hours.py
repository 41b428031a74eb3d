"""Hours and moments in words."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby

from bot.wording import replies, say
from knowledge.hubs.record import DAYS, HubRecord, Range

_NAMED_APART = 2


def moment(at: datetime, today: date) -> str:
    """«lundi 30 novembre à 9 h», or «aujourd'hui à 13 h 30»."""
    hour = say("hours.at", hour=clock(at.time()))
    if at.date() == today:
        return f"{say('hours.today')} {hour}"
    return f"{day_of_month(at.date())} {hour}"


def day_of_month(day: date) -> str:
    """«mardi 1er décembre»."""
    number = say("hours.first") if day.day == 1 else str(day.day)
    return f"{_day(day.weekday())} {number} {replies().lines('hours.months')[day.month - 1]}"


def month_of_year(day: date) -> str:
    """«août 2020»."""
    return f"{replies().lines('hours.months')[day.month - 1]} {day.year}"


def clock(at: time) -> str:
    """«9 h», «13 h 30»."""
    return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"


def week(record: HubRecord) -> tuple[str, ...]:
    """The hours of a week, days with the same hours together; empty where none are filled in."""
    days = [(number, _ranges([one for one in record.hours if one.day == day])) for number, day in enumerate(DAYS)]
    runs = [(ranges, [number for number, _ in run]) for ranges, run in groupby(days, key=lambda one: one[1])]
    return tuple(line for ranges, numbers in runs if ranges for line in _lines(numbers, ranges))


def _lines(numbers: Sequence[int], ranges: str) -> Sequence[str]:
    if len(numbers) <= _NAMED_APART:
        return [say("hours.one_day", day=_day(number), ranges=ranges) for number in numbers]
    return [say("hours.days_in_a_row", first=_day(numbers[0]), last=_day(numbers[-1]), ranges=ranges)]


def _ranges(ranges: Sequence[Range]) -> str:
    spans = [say("hours.range", start=clock(one.start), end=clock(one.end)) for one in ranges]
    return f" {say('hours.and')} ".join(spans)


def _day(number: int) -> str:
    return replies().lines("hours.days")[number]
