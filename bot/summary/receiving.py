"""How a proposal was received: chosen, refused, «something else», asked about."""

from collections.abc import Mapping

from bot.folding import fold
from bot.summary.quoting import says, shortened
from bot.summary.record import ConversationRecord, Line
from bot.wondering import asks

QUOTED_CHARS = 90
_CHOSEN_FIELDS = ("target_job", "target_certification")


def reception(
    record: ConversationRecord, titles: Mapping[str, str], *, after: int, until: int | None
) -> tuple[str, list[int]]:
    """What the person said of a list between two messages, and where; empty when they said nothing of it. `titles`
    holds the code of each line by its title."""
    heard = [line for line in record.said if after < line.seq and (until is None or line.seq < until)]
    return (
        _chosen(record, titles, heard)
        or _refused(record, heard)
        or _wants_others(record, [*heard, *_leading_to(record, until)])
        or _asked(record, titles, heard)
        or ("", [])
    )


def _leading_to(record: ConversationRecord, until: int | None) -> list[Line]:
    """The person's message that the next list answers."""
    return [line for line in record.said if until is not None and line.seq < until][-1:]


def _chosen(record: ConversationRecord, titles: Mapping[str, str], heard: list[Line]) -> tuple[str, list[int]] | None:
    for line in reversed(heard):
        if line.touched and line.text in titles:
            return record.words("reception.chosen", title=line.text), [line.seq]
    by_code = {code: title for title, code in titles.items() if code}
    for field in _CHOSEN_FIELDS:
        value, seqs = str(record.profile.get(field) or ""), {line.seq for line in heard}
        said_at = [seq for seq in record.evidence_of(field) if seq in seqs]
        if value in by_code and said_at:
            return record.words("reception.chosen", title=by_code[value]), said_at
    return None


def _refused(record: ConversationRecord, heard: list[Line]) -> tuple[str, list[int]] | None:
    for line in heard:
        if not line.touched and says("refuses", line.text):
            said = record.words("quoted", text=shortened(line.text, QUOTED_CHARS))
            return record.words("reception.refused", said=said), [line.seq]
    return None


def _wants_others(record: ConversationRecord, heard: list[Line]) -> tuple[str, list[int]] | None:
    for line in heard:
        if asks("others", line.text):
            return record.words("reception.others"), [line.seq]
    return None


def _asked(record: ConversationRecord, titles: Mapping[str, str], heard: list[Line]) -> tuple[str, list[int]] | None:
    codes = [fold(code) for code in titles.values() if code]
    for line in heard:
        named = any(code in fold(line.text) for code in codes)
        if named or asks("why", line.text) or asks("comparison", line.text) or says("asks_more", line.text):
            said = record.words("quoted", text=shortened(line.text, QUOTED_CHARS))
            return record.words("reception.asked", said=said), [line.seq]
    return None
