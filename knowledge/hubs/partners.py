"""The partners that a hub sends people to: one record each (`partners.yml`), with the official page it comes from."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).parent / "partners.yml"


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfficialPage(_Record):
    """Where a record comes from, and when that was checked."""

    title: str
    url: str = Field(pattern=r"^https://")
    checked_on: date


class Partner(_Record):
    """A partner: whom it `serves`, in a sentence for a person."""

    id: str = Field(pattern=r"^[a-z_]{2,40}$")
    name: str
    serves: str
    source: OfficialPage


@cache
def partners() -> Mapping[str, Partner]:
    """The partners by id, in the order of the file. Raises pydantic.ValidationError for a wrong record."""
    records = [Partner.model_validate(one) for one in yaml.safe_load(_FILE.read_text("utf-8"))]
    return MappingProxyType({record.id: record for record in records})
