"""Why this person comes before others, when they do."""

from bot.summary.blocking import evidence_of_reason
from bot.summary.record import ConversationRecord, SummaryItem

# The most pressing first: a life before a delay, a delay before a meeting with an adult.
_URGENT = ("distress", "dismissal", "resignation", "employer_conflict", "minor")


def urgency(record: ConversationRecord) -> SummaryItem | None:
    """The most pressing reason of the case and what it asks for; None for an ordinary one."""
    for reason in _URGENT:
        if reason in record.reasons and (evidence := evidence_of_reason(record, reason)):
            return SummaryItem(text=record.words(f"urgency.{reason}"), evidence=evidence)
    return None
