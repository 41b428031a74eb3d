"""Bodies of the HTTP on appointments."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.appointments.models import AppointmentRow
from api.database import aware

Mode = Literal["onsite", "phone", "video"]
SLOTS_MAX = 6


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Slot(_Body):
    """Half a day."""

    day: date
    part: Literal["morning", "afternoon"]


class Wish(_Body):
    """What the person wishes. No slot: as soon as possible."""

    mode: Mode
    slots: Annotated[list[Slot], Field(max_length=SLOTS_MAX)] = []


class Fixing(_Body):
    """The date that the counsellor sets. `hub` is that of the case where it is not told."""

    at: AwareDatetime
    mode: Mode
    minutes: Annotated[int, Field(ge=10, le=240)] = 45
    hub: Annotated[str, Field(max_length=60)] | None = None


class Appointment(BaseModel):
    """An appointment, for both sides. `at` is null as long as it is only wished."""

    id: str
    status: Literal["wished", "confirmed", "cancelled"]
    mode: Mode
    hub: str | None
    slots: list[Slot]
    at: AwareDatetime | None
    minutes: int

    @classmethod
    def of(cls, row: AppointmentRow) -> "Appointment":
        """What of a row is shown."""
        starts = aware(row.starts_at) if row.starts_at else None
        return cls.model_validate(
            {name: getattr(row, name) for name in cls.model_fields if name != "at"} | {"at": starts}
        )


class Appointments(BaseModel):
    """Those of a conversation, oldest first."""

    items: list[Appointment]
