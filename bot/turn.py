"""One turn as the actions see it: what the application sends along with the person's message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.messages import ChoiceMeaning, Memory, Profile
from bot.state import State
from knowledge.agreements import AgreementFinder
from knowledge.catalogue import Catalogue
from knowledge.funding import Funding
from knowledge.notices import NoticeIndex
from knowledge.offers import OfferFinder
from knowledge.records import Hub
from knowledge.search.engine import SearchEngine

ADULT_AGE = 18

Channel = Literal["web", "kiosk", "api"]
Owner = Literal["bot", "waiting", "counsellor", "closed"]


class TurnMetadata(BaseModel):
    """Metadata of one message posted to the dialogue engine. The database is the only truth; the engine's slots
    mirror it.

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


class Heard(BaseModel):
    """The person's message as understood: what the dialogue engine hands to an action."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    class Entity(BaseModel):
        """One fact of the message (see `nlu.understanding.Entity`)."""

        model_config = ConfigDict(frozen=True, extra="ignore")

        entity: str
        value: JsonValue
        start: int = 0
        end: int = 0
        role: str | None = None

    text: str = ""
    intent: str
    guesses: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()

    def values(self, entity: str, *roles: str | None) -> list[JsonValue]:
        """The values of an entity, in the order of the message; with `roles`, only those in one of them."""
        return [e.value for e in self.entities if e.entity == entity and (not roles or e.role in roles)]

    def first(self, entity: str, *roles: str | None) -> str | None:
        """The first value of an entity as text, or None."""
        found = self.values(entity, *roles)
        return str(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that an action may read. `returning` tells a form that the person's question was answered by another action
    of this turn."""

    metadata: TurnMetadata
    heard: Heard
    state: State
    services: "BotServices"
    returning: bool = False

    @property
    def asked_field(self) -> str | None:
        """The profile field that the last message of the assistant asked for."""
        return self.metadata.asked_field

    @property
    def minor_age(self) -> int | None:
        """The person's age when it is known and under 18."""
        age = self.state.number("age")
        return age if age is not None and age < ADULT_AGE else None


@dataclass(frozen=True, slots=True)
class BotServices:
    """What actions ask of the lower rooms; `hubs` are as their teams published them by now."""

    catalogue: Catalogue
    search: SearchEngine
    notices: NoticeIndex
    funding: Funding
    offers: OfferFinder
    hubs: Mapping[str, Hub]
    agreements: AgreementFinder
