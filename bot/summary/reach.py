"""How the person wishes to be reached. The details themselves stand apart, in the case: a copy never holds them."""

from collections.abc import Iterator
from datetime import datetime

from bot.profile import too_young_for_contact
from bot.state import Memory
from bot.summary.quoting import says, shortened
from bot.summary.record import ConversationRecord, Line, SummaryItem

QUOTED_CHARS = 120
_WISHES = ("appointment", "call_back")
_MEANS = ("phone", "email")


def consents(record: ConversationRecord) -> bool:
    """Whether the person left a way to be contacted: nobody has to."""
    return any(record.profile.get(name) for name in _MEANS)


def reach(record: ConversationRecord, memory: Memory) -> list[SummaryItem]:
    """What they wish (to be called, to meet), by what means, or that they are to be answered in the conversation."""
    return [*_appointments(record), *_wishes(record), *_means(record, memory)]


def _appointments(record: ConversationRecord) -> Iterator[SummaryItem]:
    """The last one that was agreed on."""
    agreed = [line for line in record.messages if line.kind == "appointment"]
    for line in agreed[-1:]:
        yield SummaryItem(text=_when(record, line), evidence=[line.seq])


def _when(record: ConversationRecord, line: Line) -> str:
    try:
        at = datetime.fromisoformat(str((line.payload or {}).get("at")))
    except ValueError:
        return shortened(line.text, QUOTED_CHARS)
    return record.words("reach.agreed", day=at.strftime("%d/%m/%Y"), hour=at.strftime("%Hh%M"))


def _wishes(record: ConversationRecord) -> Iterator[SummaryItem]:
    """The last time each was said, in their words where these say when."""
    typed = [line for line in record.said if not line.touched]
    for wish in _WISHES:
        for line in [line for line in typed if says(wish, line.text)][-1:]:
            words = record.words(f"reach.{wish}")
            if says("when", line.text):
                said = record.words("quoted", text=shortened(line.text, QUOTED_CHARS))
                words = record.words("reach.said", wish=words, said=said)
            yield SummaryItem(text=words, evidence=[line.seq])


def _means(record: ConversationRecord, memory: Memory) -> Iterator[SummaryItem]:
    age = record.profile.get("age")
    if too_young_for_contact(age) and record.evidence_of("age"):
        yield SummaryItem(text=record.words("reach.too_young"), evidence=record.evidence_of("age"))
        return
    for name in _MEANS:
        if record.profile.get(name) and (evidence := record.evidence_of(name)):
            yield SummaryItem(text=record.words(f"reach.{name}"), evidence=evidence)
    if not consents(record) and set(_MEANS) & set(memory.refused) and (asked := _asked(record)):
        yield SummaryItem(text=record.words("reach.here"), evidence=asked)


def _asked(record: ConversationRecord) -> list[int]:
    questions = [line for line in record.messages if line.kind == "question" and line.payload]
    return [line.seq for line in questions if (line.payload or {}).get("field") in _MEANS]
