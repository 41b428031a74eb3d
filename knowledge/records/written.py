"""What the records written by hand, in YAML, have in common."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Written(BaseModel):
    """A record as a file holds it: read-only, and strict."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenSource(Written):
    """The official page that a record comes from, and when that was checked."""

    title: str
    url: str = Field(pattern=r"^https://")
    checked_on: date
