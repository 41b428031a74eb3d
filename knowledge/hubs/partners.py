"""The partners that a hub sends people to: one record each (`partners.yml`), with the official page it comes from."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import Field

from knowledge.records.written import Written, WrittenSource

_FILE = Path(__file__).parent / "partners.yml"


class Partner(Written):
    """A partner: whom it `serves`, in a sentence for a person."""

    id: str = Field(pattern=r"^[a-z_]{2,40}$")
    name: str
    serves: str
    source: WrittenSource


@cache
def partners() -> Mapping[str, Partner]:
    """The partners by id, in the order of the file. Raises pydantic.ValidationError for a wrong record."""
    records = [Partner.model_validate(one) for one in yaml.safe_load(_FILE.read_text("utf-8"))]
    return MappingProxyType({record.id: record for record in records})
