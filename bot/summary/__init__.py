"""The summary a counsellor reads when a conversation is passed on, in thirty seconds: made from the record alone, each
line with the numbers of the messages it comes from. Nothing that was not said or shown is in it."""

from bot.state import Memory
from bot.summary.blocking import blocking
from bot.summary.open_questions import open_questions
from bot.summary.proposed import proposed
from bot.summary.reach import consents, reach
from bot.summary.record import ConversationRecord, Line, Summary, SummaryItem
from bot.summary.request import notes, request
from bot.summary.situation import situation
from bot.summary.urgency import urgency

__all__ = ["ConversationRecord", "Line", "Summary", "SummaryItem", "summarise"]


def summarise(record: ConversationRecord) -> Summary:
    """The summary of a conversation, always the same for the same record."""
    memory = Memory.model_validate(dict(record.memory))
    wanted = request(record, memory)
    wishes = reach(record, memory)
    quoted = {seq for item in (wanted, *wishes) if item for seq in item.evidence}
    return Summary(
        urgency=urgency(record),
        request=wanted,
        notes=notes(record),
        blocking=blocking(record, memory, quoted),
        situation=situation(record),
        already_proposed=proposed(record),
        open_questions=open_questions(record, memory),
        reach=wishes,
        contact_consent=consents(record),
    )
