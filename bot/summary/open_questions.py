"""What is still to be known: what the person asked without a sure answer, and what they were not asked or did not
say."""

from collections.abc import Iterator

from bot.interview import QUESTIONS
from bot.state import Memory
from bot.summary.quoting import shortened
from bot.summary.record import ConversationRecord, Line, SummaryItem
from bot.wording import say

SHOWN = 6
QUOTED_CHARS = 120
_UNSURE = ("answers.not_sure", "answers.eligibility_unsure", "answers.outcomes_unknown")


def open_questions(record: ConversationRecord, memory: Memory) -> list[SummaryItem]:
    """At most six, and how many more there are."""
    found = [*_unanswered(record), *_missing(record, memory)]
    if len(found) <= SHOWN:
        return found
    rest = found[SHOWN - 1 :]
    evidence = record.seen(seq for item in rest for seq in item.evidence)
    return [*found[: SHOWN - 1], SummaryItem(text=record.words("more", n=len(rest)), evidence=evidence)]


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


def _missing(record: ConversationRecord, memory: Memory) -> Iterator[SummaryItem]:
    project = str(record.profile.get("project") or "find_training")
    needed_since = record.evidence_of("project") or record.seen([memory.request_seq or 0])
    asked_at = {
        str(line.payload.get("field")): line.seq for line in record.messages if line.kind == "question" and line.payload
    }
    for name in dict.fromkeys([*QUESTIONS.get(project, ()), *_asked_for_funding(record)]):
        known = record.profile.get(name) is not None
        evidence = [asked_at[name]] if name in asked_at else needed_since
        if known or not evidence or (name == "target_job" and _aims_otherwise(record, memory)):
            continue
        key = "refused" if name in memory.refused else "unsaid" if name in asked_at else "missing"
        yield SummaryItem(text=record.words(key, name=say(f"profile.names.{name}")), evidence=evidence, field=name)


def _asked_for_funding(record: ConversationRecord) -> list[str]:
    """What the last plan would turn on, of what was asked for it."""
    plans = [line.payload for line in record.messages if line.kind == "funding" and line.payload]
    questions = plans[-1].get("questions") if plans else None
    asked = {(line.payload or {}).get("field") for line in record.messages if line.kind == "question"}
    return [str(name) for name in questions if name in asked] if isinstance(questions, list) else []


def _aims_otherwise(record: ConversationRecord, memory: Memory) -> bool:
    return bool(memory.query or record.profile.get("target_certification"))
