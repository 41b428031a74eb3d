"""The state of a conversation between two turns: what is known of the person, and what the assistant must remember."""

from dataclasses import dataclass, field, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.messages import HandoverReason, Profile, Remember, Sentence

Pending = Literal["offer_handover", "erase", "restart", "keep_disability"]


class Memory(BaseModel):
    """What the assistant remembers besides the profile. Frozen: a change makes a new one.

    `request_seq` is the message that states the request; `query` its words when no job was recognised in it;
    `refused` the fields the person would not or could not give; `asked` how often each was asked;
    `proposed` the codes shown last, `seen` all those shown for this aim, `proposed_for` the search they answered;
    `jobs_seen` the jobs listed last and before for the same words;
    `aims` the jobs hesitated between, the one of the profile first;
    `topic` the notion talked about last, `about` the kind of training it is, if it is one;
    `funding` is the scheme last asked about, empty for who pays in general, None before the subject came up;
    `funding_said` the last plan in words, `funding_verdicts` its verdicts, `funding_asked` how many questions
    followed it, `funding_unsure` whether it was made before the kind of training was known;
    `heard_seq` the last message heard; `answered_seq` the message a question of the person was answered for;
    `resumed_seq` the message after which the interview goes on by itself;
    `needs` whether an employer wants to train people (`train`), to hire some (`hire`), or both;
    `trade` the words in which an employer named their activity;
    `told` the subjects of which what holds for everyone was said;
    `simple` whether the person is spoken to in easy-to-read sentences; `said` the sentences (and notices) of the
    answer to message `said_seq` that have an easy-to-read form; `times_said` how often each text was, by its digest.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    request_seq: int | None = None
    query: str | None = None
    refused: tuple[str, ...] = ()
    asked: dict[str, int] = {}
    asked_field: str | None = None
    proposed: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    proposed_for: str | None = None
    jobs_seen: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    topic: str | None = None
    about: str | None = None
    funding: str | None = None
    funding_said: str = ""
    funding_verdicts: dict[str, str] = {}
    funding_asked: int = 0
    funding_unsure: bool = False
    misunderstood: int = 0
    pending: Pending | None = None
    pending_reason: HandoverReason | None = None
    heard_seq: int | None = None
    answered_seq: int | None = None
    resumed_seq: int | None = None
    ended_seq: int | None = None
    contact_done: bool = False
    escalation_offered: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    trade: str | None = None
    told: tuple[str, ...] = ()
    simple: bool = False
    said: tuple[Sentence, ...] = ()
    said_seq: int | None = None
    times_said: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class State:
    """Profile, evidence (message numbers by field) and memory."""

    profile: Profile = field(default_factory=dict)
    evidence: dict[str, list[int]] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def learn(self, facts: Profile, seq: int) -> "State":
        """The state once the message `seq` has said `facts`; a new value replaces the old one and its evidence."""
        changed = {name: value for name, value in facts.items() if self.profile.get(name) != value}
        refused = tuple(name for name in self.memory.refused if name not in facts)
        return replace(
            self,
            profile=self.profile | changed,
            evidence=self.evidence | {name: [seq] for name in changed},
            memory=self.memory.model_copy(update={"refused": refused}),
        )

    def forget(self, *fields: str) -> "State":
        """The state without these fields."""
        return replace(
            self,
            profile={name: value for name, value in self.profile.items() if name not in fields},
            evidence={name: seqs for name, seqs in self.evidence.items() if name not in fields},
        )

    def note(self, **changes: object) -> "State":
        """The state with these fields of the memory changed."""
        return replace(self, memory=self.memory.model_copy(update=changes))

    def knows(self, name: str) -> bool:
        """Whether the field has a value."""
        return self.profile.get(name) is not None

    def text(self, name: str) -> str | None:
        """A field that holds text (a code, a choice), or None."""
        value: JsonValue = self.profile.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int | None:
        """A field that holds a whole number, or None."""
        value: JsonValue = self.profile.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A field that holds several choices; empty where nothing is known."""
        value: JsonValue = self.profile.get(name)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def remember(self) -> Remember:
        """The effect by which the application keeps this state."""
        return Remember(profile=self.profile, evidence=self.evidence, memory=self.memory.model_dump(mode="json"))
