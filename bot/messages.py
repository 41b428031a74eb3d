"""What the assistant returns: messages for the person, and effects that the application carries out.

Actions return these models; they travel through the dialogue engine as `custom` JSON and are read back by
`connectors.rasa`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

MessageKind = Literal[
    "text", "question", "certifications", "jobs", "pathways", "funding", "handover", "appointment", "document"
]
HandoverReason = Literal[
    "asked",
    "not_understood",
    "distress",
    "disability",
    "resignation",
    "dismissal",
    "foreign_diploma",
    "public_agent_leave",
    "low_literacy",
    "complex_funding",
    "conflicting_sources",
    "company_project",
    "complaint",
    "minor",
    "employer_conflict",
]
AppointmentMode = Literal["onsite", "phone", "video"]
HalfDayPart = Literal["morning", "afternoon"]
ReviewReason = Literal["not_understood", "corrected", "complaint"]
Profile = dict[str, JsonValue]
Memory = dict[str, JsonValue]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentence(_Frozen):
    """A sentence of the replies as it was said: its key, and what was filled in."""

    key: str
    params: dict[str, str] = {}


class ChoiceMeaning(_Frozen):
    """What touching a choice means: an intent, and facts for the profile. Never leaves the server."""

    intent: str
    facts: Profile = {}
    refused: str | None = None
    data: dict[str, JsonValue] = {}


class Choice(_Frozen):
    """A button under a question. `id` and `label` are shown; `meaning` is kept by the application."""

    id: str
    label: str
    meaning: ChoiceMeaning


class Say(_Frozen):
    """A message shown to the person. `text` alone is a complete answer; `payload` is what a screen can draw.

    For a `question`, `payload` holds `field` only; the application adds `choices` as id and label.
    """

    effect: Literal["say"] = "say"
    kind: MessageKind = "text"
    text: str
    payload: dict[str, JsonValue] | None = None
    choices: tuple[Choice, ...] = ()


class Remember(_Frozen):
    """The new state of the conversation. `evidence` holds, by profile field, the numbers of the messages it comes
    from."""

    effect: Literal["remember"] = "remember"
    profile: Profile
    evidence: dict[str, list[int]]
    memory: Memory


class HalfDay(_Frozen):
    """When an appointment would suit the person."""

    day: date
    part: HalfDayPart


class Appointment(_Frozen):
    """An appointment that the person asks for. No half-day: as soon as possible."""

    mode: AppointmentMode
    slots: tuple[HalfDay, ...] = ()


class OpenHandover(_Frozen):
    """Pass the conversation on to a counsellor. A further reason joins the open case. The application shows a
    `handover` message with `text`, and keeps the appointment that is asked for."""

    effect: Literal["open_handover"] = "open_handover"
    reasons: tuple[HandoverReason, ...]
    text: str
    appointment: Appointment | None = None


class Review(_Frozen):
    """The person's message `seq` may have been misread. The application keeps it for counsellors to label where the
    person agreed."""

    effect: Literal["review"] = "review"
    seq: int
    reason: ReviewReason


class Withdraw(_Frozen):
    """The person no longer wants a counsellor: the waiting case is closed as withdrawn."""

    effect: Literal["withdraw"] = "withdraw"


class Erase(_Frozen):
    """The person had the conversation erased: everything goes, the token opens nothing any more."""

    effect: Literal["erase"] = "erase"


Effect = Annotated[Say | Remember | OpenHandover | Review | Withdraw | Erase, Field(discriminator="effect")]
EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)


def shows(effects: Iterable[Effect], *kinds: MessageKind) -> bool:
    """Whether a message of one of these kinds is among the effects."""
    return any(isinstance(effect, Say) and effect.kind in kinds for effect in effects)
