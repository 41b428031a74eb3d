"""One turn as the actions see it: what the application sends along with the person's message."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.messages import ChoiceMeaning, Memory, Profile

Channel = Literal["web", "kiosk", "api"]
Owner = Literal["bot", "waiting", "counsellor", "closed"]


class TurnMetadata(BaseModel):
    """Metadata of one message posted to the dialogue engine. The database is the only truth; the engine's slots mirror it.

    `seq` is the number of the person's message; `asked_field` the profile field of the last question, if any;
    `choice` what a touched button means (None for typed text).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    conversation: str
    seq: int
    channel: Channel
    owner: Owner
    hub: str | None = None
    today: date
    profile: Profile = {}
    evidence: dict[str, list[int]] = {}
    memory: Memory = {}
    asked_field: str | None = None
    choice: ChoiceMeaning | None = None
    handover_reasons: list[str] = []
