"""The summary a counsellor reads when a conversation is passed on: made from the record alone, each line with its
evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, JsonValue

from bot.interview import QUESTIONS
from bot.messages import Profile
from bot.profile import CONTACT_FIELDS, label
from bot.state import Memory
from bot.wording import replies, say
from knowledge.catalogue import Catalogue

REQUEST_MAX_CHARS = 280
_PROPOSING_KINDS = frozenset({"certifications", "jobs", "pathways", "funding"})


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the transcript."""

    seq: int
    author: str
    kind: str
    text: str
    payload: Mapping[str, JsonValue] | None = None


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """What a summary is made from."""

    messages: tuple[Line, ...]
    profile: Profile
    evidence: Mapping[str, list[int]]
    memory: Mapping[str, JsonValue]
    catalogue: Catalogue
    reasons: tuple[str, ...] = field(default=())


class SummaryItem(BaseModel):
    """One line, and the numbers of the messages it comes from."""

    model_config = ConfigDict(frozen=True)

    text: str
    evidence: list[int]


class Summary(BaseModel):
    """A case in at most a screen. Lists without content are empty, never padded."""

    model_config = ConfigDict(frozen=True)

    request: SummaryItem | None
    situation: list[SummaryItem]
    already_proposed: list[SummaryItem]
    blocking: list[SummaryItem]
    open_questions: list[SummaryItem]
    contact_consent: bool


def summarise(record: ConversationRecord) -> Summary:
    """The summary of a conversation: nothing that was not said or shown in it."""
    memory = Memory.model_validate(dict(record.memory))
    return Summary(
        request=_request(record, memory),
        situation=_situation(record),
        already_proposed=_proposed(record),
        blocking=_blocking(record),
        open_questions=_open_questions(record, memory),
        contact_consent=any(record.profile.get(name) for name in ("phone", "email")),
    )


def _request(record: ConversationRecord, memory: Memory) -> SummaryItem | None:
    said = [line for line in record.messages if line.author == "person"]
    stated = next((line for line in said if line.seq == memory.request_seq), said[0] if said else None)
    if stated is None:
        return None
    text = stated.text if len(stated.text) <= REQUEST_MAX_CHARS else f"{stated.text[:REQUEST_MAX_CHARS].rstrip()}…"
    return SummaryItem(text=say("summary.quoted", text=text), evidence=[stated.seq])


def _situation(record: ConversationRecord) -> list[SummaryItem]:
    return [
        SummaryItem(
            text=say(
                "summary.fact",
                name=say(f"profile.names.{name}"),
                value=label(name, value, record.catalogue),
            ),
            evidence=list(record.evidence.get(name, [])),
        )
        for name, value in record.profile.items()
        if name not in CONTACT_FIELDS and f"profile.names.{name}" in replies()
    ]


def _proposed(record: ConversationRecord) -> list[SummaryItem]:
    shown: dict[str, list[int]] = {}
    for line in record.messages:
        if line.kind in _PROPOSING_KINDS and line.payload:
            for text in _titles(line):
                shown.setdefault(text, []).append(line.seq)
    return [SummaryItem(text=text, evidence=seqs) for text, seqs in shown.items()]


def _titles(line: Line) -> list[str]:
    items = (line.payload or {}).get("items")
    if not isinstance(items, list):
        return []
    titles = []
    for item in items:
        if isinstance(item, dict):
            title = str(item.get("title") or item.get("label") or "")
            code = item.get("code") or item.get("rome")
            titles.append(f"{title} ({code})" if code else title)
    return [title for title in titles if title]


def _blocking(record: ConversationRecord) -> list[SummaryItem]:
    opened = [line.seq for line in record.messages if line.kind == "handover"]
    before = [line.seq for line in record.messages if line.author == "person" and (not opened or line.seq < opened[0])]
    said_at = before[-1:]
    return [SummaryItem(text=say(f"summary.reasons.{reason}"), evidence=said_at) for reason in record.reasons]


def _open_questions(record: ConversationRecord, memory: Memory) -> list[SummaryItem]:
    project = str(record.profile.get("project") or "find_training")
    missing = [name for name in QUESTIONS.get(project, ()) if record.profile.get(name) is None]
    asked_at = {
        str(line.payload.get("field")): line.seq for line in record.messages if line.kind == "question" and line.payload
    }
    return [
        SummaryItem(
            text=say(
                "summary.refused" if name in memory.refused else "summary.missing", name=say(f"profile.names.{name}")
            ),
            evidence=[asked_at[name]] if name in asked_at else [],
        )
        for name in missing
        if not (name == "target_job" and (memory.query or record.profile.get("target_certification")))
    ]
