"""Bodies of the conversation's HTTP, as the contract has them."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.conversations.models import MessageRow
from api.database import aware
from bot.turn import Channel, Owner

MESSAGE_MAX_CHARS = 4_000
NOTE_MAX_CHARS = 1_000
# Control characters but tab and line feed, and halves of characters: nobody writes them, and databases refuse them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _clean(text: str) -> str:
    return UNWRITABLE.sub("", text.replace("\r\n", "\n")).strip()


Text = Annotated[str, AfterValidator(_clean)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Opening(_Body):
    """Opens a conversation."""

    channel: Channel
    hub: str | None = None


class Posting(_Body):
    """A message of the person: typed text, or the id of a choice that the assistant just offered."""

    client_id: UUID
    text: Text | None = None
    choice: Annotated[str, StringConstraints(max_length=120)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Posting":
        if (self.text is None) == (self.choice is None) or self.text == "":
            raise PydanticCustomError("message_empty", "one of text and choice")
        if self.text is not None and len(self.text) > MESSAGE_MAX_CHARS:
            raise PydanticCustomError("message_too_long", "text is too long")
        return self


class Noting(_Body):
    """What the person adds to what is passed on."""

    text: Annotated[Text, Field(min_length=1, max_length=NOTE_MAX_CHARS)]


class Message(BaseModel):
    """A message as everyone may see it."""

    id: str
    seq: int
    author: Literal["person", "bot", "counsellor", "system"]
    at: datetime
    text: str
    kind: str
    payload: dict[str, Any] | None

    @classmethod
    def of(cls, row: MessageRow) -> "Message":
        """What of a stored message may leave the server."""
        return cls.model_validate(
            {
                "id": row.id,
                "seq": row.seq,
                "author": row.author,
                "at": aware(row.at),
                "text": row.text,
                "kind": row.kind,
                "payload": row.payload,
            }
        )


class Messages(BaseModel):
    """What the assistant answered."""

    messages: list[Message]


class Opened(Messages):
    """A new conversation; its token is told this once."""

    id: str
    token: str


class HandoverState(BaseModel):
    """The open or last case of a conversation, as the person may know it."""

    case_id: str
    status: str
    reasons: list[str]


class ConversationState(Messages):
    """A conversation as it stands. `counsellor` is the name of the one who has it; `mail_news`, whether
    the person is told by mail of what becomes of their request; `satisfaction`, whether their opinion is asked for now
    or was given."""

    id: str
    channel: Channel
    owner: Owner
    counsellor: str | None
    profile: dict[str, JsonValue]
    labels: dict[str, str]
    learning_consent: bool
    mail_news: bool
    satisfaction: Literal["asked", "answered"] | None
    handover: HandoverState | None


class StateEvent(BaseModel):
    """Data of the live event `state`."""

    owner: Owner


class ProfilePatch(BaseModel):
    """Corrections of the profile: a value, or null to remove one."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, JsonValue] = Field(init=False)
