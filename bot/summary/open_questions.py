"""What is still to be known: what the person asked without a sure answer, and what they were not asked or did not
say."""

from collections.abc import Iterator, Mapping

from bot import needs
from bot.interview import QUESTIONS
from bot.state import Memory
from bot.summary.quoting import shortened
from bot.summary.record import ConversationRecord, Line, SummaryItem
from bot.wording import say

QUESTIONS_SHOWN = 4
QUOTED_CHARS = 120
_UNSURE = ("answers.not_sure", "answers.eligibility_unsure", "answers.outcomes_unknown")


def open_questions(record: ConversationRecord, memory: Memory) -> list[SummaryItem]:
    """The questions first, four at most; then what is missing, a line for each way of missing."""
    asked = list(_unanswered(record))[-QUESTIONS_SHOWN:]
    missing = _missing(record, memory)
    return [*asked, *(_line(record, key, missing[key]) for key in ("refused", "unsaid", "missing") if key in missing)]


def _line(record: ConversationRecord, key: str, facts: Mapping[str, list[int]]) -> SummaryItem:
    names = ", ".join(say(f"profile.names.{name}") for name in facts)
    return SummaryItem(
        text=record.words(key, names=names), evidence=record.seen(seq for seqs in facts.values() for seq in seqs)
    )


def _unanswered(record: ConversationRecord) -> Iterator[SummaryItem]:
    """The questions that the assistant said it had no sure answer to."""
    unsure = tuple(map(say, _UNSURE))
    asked: Line | None = None
    for line in record.messages:
        if line.author == "person":
            asked = line
        elif asked and line.author == "bot" and any(words in line.text for words in unsure):
            said = record.words("quoted", text=shortened(asked.text, QUOTED_CHARS))
            yield SummaryItem(text=record.words("unanswered", said=said), evidence=[asked.seq, line.seq])


def _missing(record: ConversationRecord, memory: Memory) -> dict[str, dict[str, list[int]]]:
    """By way of missing (refused, asked without an answer, not asked), the fields and the messages that ask for them:
    for one that was not asked, those that told the project which needs it."""
    project = str(record.profile.get("project") or "find_training")
    needed_since = record.evidence_of("project") or record.seen([memory.request_seq or 0])
    asked_at = {
        str(line.payload.get("field")): line.seq for line in record.messages if line.kind == "question" and line.payload
    }
    found: dict[str, dict[str, list[int]]] = {}
    for name in dict.fromkeys([*QUESTIONS.get(project, ()), *_asked_for_funding(record)]):
        known = record.profile.get(name) is not None or (name == needs.ASKED_AS and needs.is_told(record.profile))
        evidence = [asked_at[name]] if name in asked_at else needed_since
        if not known and evidence and not (name == "target_job" and _aims_otherwise(record, memory)):
            key = "refused" if name in memory.refused else "unsaid" if name in asked_at else "missing"
            found.setdefault(key, {})[name] = evidence
    return found


def _asked_for_funding(record: ConversationRecord) -> list[str]:
    """What the last plan would turn on, of what was asked for it."""
    plans = [line.payload for line in record.messages if line.kind == "funding" and line.payload]
    questions = plans[-1].get("questions") if plans else None
    asked = {(line.payload or {}).get("field") for line in record.messages if line.kind == "question"}
    return [str(name) for name in questions if name in asked] if isinstance(questions, list) else []


def _aims_otherwise(record: ConversationRecord, memory: Memory) -> bool:
    return bool(memory.query or record.profile.get("target_certification"))
