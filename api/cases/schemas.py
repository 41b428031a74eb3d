"""Bodies of the counsellors' HTTP on cases."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from api.conversations.schemas import MESSAGE_MAX_CHARS, Message, Text
from bot.summary import Summary

Outcome = Literal["informed", "appointment", "referred", "unreachable", "withdrawn", "other"]
_Text = Annotated[Text, Field(min_length=1, max_length=MESSAGE_MAX_CHARS)]

Recipient = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]


class Case(BaseModel):
    """A case as the queue shows it. `claimed_by` is the name of the counsellor who holds it; `awaits_reply` tells that
    the person wrote last, `unread` how many of their messages the reader of the queue has not read."""

    id: str
    status: str
    reasons: list[str]
    priority: int
    opened_at: datetime
    waiting_since: datetime
    claimed_by: str | None
    mine: bool
    awaits_reply: bool
    unread: int
    hub: str | None
    contact: dict[str, JsonValue]
    summary: Summary


class Cases(BaseModel):
    """The queue, most urgent first."""

    items: list[Case]


class Note(BaseModel):
    """An internal note."""

    author: str
    at: datetime
    text: str


class CaseDetail(Case):
    """A case with all a counsellor reads."""

    transcript: list[Message]
    profile: dict[str, JsonValue]
    labels: dict[str, str]
    notes: list[Note]


class Written(BaseModel):
    """An internal note of the counsellor."""

    model_config = ConfigDict(extra="forbid")
    text: _Text


class Writing(Written):
    """A message of the counsellor to the person. The same `client_id` twice is one message."""

    client_id: UUID | None = None


class Reading(BaseModel):
    """The number of the last message that was read."""

    model_config = ConfigDict(extra="forbid")
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Closing(BaseModel):
    """How a case ended."""

    model_config = ConfigDict(extra="forbid")
    outcome: Outcome


class Transfer(BaseModel):
    """Where a case goes: the e-mail or the account id of a colleague, the id of a hub, `regional`, or the id of a
    partner. For a partner, `sent` says what is passed on, and `consent` that the person agreed."""

    model_config = ConfigDict(extra="forbid")
    to: Recipient
    consent: bool = False
    sent: _Text | None = None
