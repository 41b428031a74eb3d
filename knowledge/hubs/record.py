"""The record of a hub, as its team fills it in. Nothing is guessed: what is not filled in is None or empty."""

import re
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

import phonenumbers
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)
_ONE_LINE = r"^[^\x00-\x1f\x7f]+$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_ONE_LINE)]


def _french_number(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise PydanticCustomError("phone", "a phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national(phone: str | None) -> str | None:
    """A kept number as people write it, «03 24 00 00 00»; None for none."""
    if phone is None:
        return None
    return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.NATIONAL)


Phone = Annotated[str, StringConstraints(max_length=30), AfterValidator(_french_number)]


def _mailbox(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[a-zA-Z]{2,}", text):
        raise PydanticCustomError("mailbox", "a mail address")
    return text


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_mailbox)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Part):
    """Open on this day from `start` to `end`, local time."""

    day: Day
    start: time
    end: time

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise PydanticCustomError("range_reversed", "start before end")
        return self


class Closure(_Part):
    """Closed from `first` to `last`, both included."""

    first: date
    last: date
    why: Line | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first > self.last:
            raise PydanticCustomError("closure_reversed", "first before last")
        return self


class Event(_Part):
    """Something that happens at the hub on a day."""

    on: date
    title: Line
    details: Line | None = None


class HubRecord(_Part):
    """What a team publishes of its hub. `phone` is kept as +33…; `hours` are in the order of the week."""

    address: Line | None = None
    phone: Phone | None = None
    email: Email | None = None
    hours: tuple[Range, ...] = Field((), max_length=28)
    closures: tuple[Closure, ...] = Field((), max_length=50)
    services: tuple[Line, ...] = Field((), max_length=30)
    events: tuple[Event, ...] = Field((), max_length=50)
    partners: tuple[Line, ...] = Field((), max_length=30)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        hours = tuple(sorted(self.hours, key=lambda one: (DAYS.index(one.day), one.start)))
        if any(one.day == other.day and one.end > other.start for one, other in pairwise(hours)):
            raise PydanticCustomError("ranges_overlap", "ranges apart")
        object.__setattr__(self, "hours", hours)
        return self

    def on_day(self, day: date) -> tuple[Range, ...]:
        """The ranges of a day of the week, closures and holidays apart."""
        return tuple(one for one in self.hours if one.day == DAYS[day.weekday()])
