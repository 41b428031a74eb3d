"""Bodies of the HTTP on hubs."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from knowledge.hubs.partners import Partner
from knowledge.hubs.record import HubRecord


class Hub(BaseModel):
    """A hub as anyone may read it: what its team filled in, and whether someone is there. `hours` are in words;
    `is_open` is None where they are not filled in."""

    id: str
    town: str
    record: HubRecord
    hours: list[str]
    is_open: bool | None
    next_opening: datetime | None


class Directory(BaseModel):
    """Where a case can be sent beside the team: other hubs, and partners with the official page that says whom they
    serve."""

    hubs: dict[str, str]
    partners: list[Partner]


class Version(BaseModel):
    """One version of a record: who published it and when."""

    number: int
    by: str | None
    at: datetime


class HubFile(BaseModel):
    """A hub as its managers edit it. `number` is the version published; 0 before the first one."""

    id: str
    town: str
    number: int
    record: HubRecord
    versions: list[Version]


class Edit(BaseModel):
    """A new record, made from the version `based_on`."""

    model_config = ConfigDict(extra="forbid")
    based_on: Annotated[int, Field(ge=0)]
    record: dict[str, Any]


class Restoring(BaseModel):
    """The version `number` put back over the version `based_on`."""

    model_config = ConfigDict(extra="forbid")
    based_on: Annotated[int, Field(ge=0)]
    number: Annotated[int, Field(ge=1)]
