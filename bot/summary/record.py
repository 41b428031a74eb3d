"""What a summary is made from, and what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.messages import Profile
from bot.wording import replies, say
from knowledge.catalogue import Catalogue

# Who reads it: a counsellor reads of the person, the person is spoken to («vous»).
Reader = Literal["counsellor", "person"]


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the transcript. `touched`: the label of a button, not words of the person's own; `note`: added by
    the person to what is passed on, outside the talk."""

    seq: int
    author: str
    kind: str
    text: str
    payload: Mapping[str, JsonValue] | None = None
    touched: bool = False

    @property
    def note(self) -> bool:
        """Whether the person added it to what is passed on."""
        return self.author == "person" and bool((self.payload or {}).get("note"))


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation as it is kept: `evidence` holds, by profile field, the numbers of the messages it comes from;
    `reasons` those of its case."""

    messages: tuple[Line, ...]
    profile: Profile
    evidence: Mapping[str, list[int]]
    memory: Mapping[str, JsonValue]
    catalogue: Catalogue
    reasons: tuple[str, ...] = ()
    reader: Reader = "counsellor"

    @property
    def said(self) -> tuple[Line, ...]:
        """What the person wrote or touched in the talk, in order."""
        return tuple(line for line in self.messages if line.author == "person" and not line.note)

    def seen(self, seqs: Iterable[int]) -> list[int]:
        """Those of these numbers that are messages, in order, once each."""
        known = {line.seq for line in self.messages}
        return sorted(known & set(seqs))

    def evidence_of(self, *fields: str) -> list[int]:
        """The messages that these facts come from."""
        return self.seen(seq for name in fields for seq in self.evidence.get(name, ()))

    def words(self, key: str, **params: object) -> str:
        """The sentence `key` of the summary as its reader is told it."""
        own = f"summary_person.{key}"
        told = self.reader == "person" and own in replies()
        return say(own if told else f"summary.{key}", **params)


class SummaryItem(BaseModel):
    """One line, and the numbers of the messages it comes from. `field` names the fact of the profile that it says."""

    model_config = ConfigDict(frozen=True)

    text: str
    evidence: list[int]
    field: str | None = None


class Summary(BaseModel):
    """A case in at most a screen. Lists without content are empty, never padded. `notes` are what the person added
    themselves; `reach` says how and when they wish to be reached, without the details themselves."""

    model_config = ConfigDict(frozen=True)

    urgency: SummaryItem | None
    request: SummaryItem | None
    notes: list[SummaryItem]
    blocking: list[SummaryItem]
    situation: list[SummaryItem]
    already_proposed: list[SummaryItem]
    open_questions: list[SummaryItem]
    reach: list[SummaryItem]
    contact_consent: bool

    def items(self) -> tuple[SummaryItem, ...]:
        """Every line of it."""
        alone = (item for item in (self.urgency, self.request) if item)
        lists = (self.notes, self.blocking, self.situation, self.already_proposed, self.open_questions, self.reach)
        return (*alone, *(item for one in lists for item in one))
