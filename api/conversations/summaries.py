"""A conversation as its summary is made from it."""

from collections.abc import Sequence

from api.conversations.models import ConversationRow, MessageRow
from bot.summary import ConversationRecord, Line
from bot.summary.record import Reader
from knowledge.catalogue import Catalogue


def record_of(
    conversation: ConversationRow,
    rows: Sequence[MessageRow],
    reasons: Sequence[str],
    catalogue: Catalogue,
    reader: Reader = "counsellor",
) -> ConversationRecord:
    """The record for `bot.summary.summarise`; `reasons` are those of its case."""
    return ConversationRecord(
        messages=tuple(
            Line(row.seq, row.author, row.kind, row.text, row.payload, touched=row.choice_id is not None)
            for row in rows
        ),
        profile=conversation.profile,
        evidence=conversation.evidence,
        memory=conversation.memory,
        catalogue=catalogue,
        reasons=tuple(reasons),
        reader=reader,
    )
