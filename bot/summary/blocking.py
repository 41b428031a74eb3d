"""What blocks, and why a person is needed: the reasons of the case, each with the words that gave it."""

from collections.abc import Collection, Sequence

from bot.escalation import rules
from bot.folding import fold
from bot.state import Memory
from bot.summary.quoting import says, shortened
from bot.summary.record import ConversationRecord, Line, SummaryItem
from nlu.safety import distress_kinds

QUOTED_CHARS = 54
# Its own words say no more than the reason itself.
_SAID_BY_ITSELF = ("asked",)
# «Not understood» is said of two messages in a row.
_NOT_UNDERSTOOD = 2


def blocking(record: ConversationRecord, memory: Memory, quoted: Collection[int]) -> list[SummaryItem]:
    """The reasons of the case; then those the assistant offered a counsellor for, and the person left aside. What the
    messages `quoted` say is told elsewhere."""
    items = [item for reason in record.reasons if (item := _reason(record, reason, quoted))]
    aside = [reason for reason in memory.escalation_offered if reason not in record.reasons]
    for reason in aside:
        if lines := _giving(record.said, reason):
            words = record.words("aside", reason=record.words(f"reasons.{reason}"))
            items.append(SummaryItem(text=words, evidence=[lines[-1].seq]))
    return items


def evidence_of_reason(record: ConversationRecord, reason: str) -> list[int]:
    """The messages that gave a reason of the case: the words that called for it, and the agreement when it was
    offered."""
    return record.seen(line.seq for line in _lines_of(record, reason)) or _age(record, reason)


def _reason(record: ConversationRecord, reason: str, quoted: Collection[int]) -> SummaryItem | None:
    evidence = evidence_of_reason(record, reason)
    if not evidence:
        return None
    words = record.words(f"reasons.{reason}")
    giving = [line for line in _lines_of(record, reason) if not line.touched and not says("agrees", line.text)]
    if giving and giving[0].seq not in quoted and reason not in _SAID_BY_ITSELF:
        said = record.words("quoted", text=shortened(giving[0].text, QUOTED_CHARS))
        words = record.words("reason_said", reason=words, said=said)
    return SummaryItem(text=words, evidence=evidence)


def _lines_of(record: ConversationRecord, reason: str) -> list[Line]:
    """The person's messages that led to this reason, in order."""
    before = _before(record, reason)
    if reason == "not_understood":
        return before[-_NOT_UNDERSTOOD:]
    agreed = before[-1:]
    if reason == "minor":
        return [line for line in record.messages if line.seq in _age(record, reason)] or agreed
    giving = _giving(before, reason)[-1:]
    if not giving and agreed and says("agrees", agreed[0].text):
        giving = [line for line in before if not line.touched and not says("agrees", line.text)][-1:]
    return sorted({line.seq: line for line in (*giving, *agreed)}.values(), key=lambda line: line.seq)


def _before(record: ConversationRecord, reason: str) -> list[Line]:
    """What the person said until the case was told to have this reason."""
    opened = [line for line in record.messages if line.kind == "handover"]
    naming = [line for line in opened if reason in _reasons_of(line)] or opened
    return [line for line in record.said if not naming or line.seq < naming[0].seq]


def _reasons_of(line: Line) -> list[object]:
    reasons = (line.payload or {}).get("reasons")
    return list(reasons) if isinstance(reasons, list) else []


def _giving(lines: Sequence[Line], reason: str) -> list[Line]:
    """The messages whose words call for this reason."""
    if reason == "distress":
        return [line for line in lines if distress_kinds(line.text)]
    rule = next((rule for name, rule in rules().items() if name == reason), None)
    return [line for line in lines if rule and not line.touched and rule.matches("", fold(line.text), None)]


def _age(record: ConversationRecord, reason: str) -> list[int]:
    return record.evidence_of("age") if reason == "minor" else []
