"""What the assistant already showed, and how it was received, so that nobody proposes it again unknowingly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from bot.summary.funding import funding_shown
from bot.summary.receiving import reception
from bot.summary.record import ConversationRecord, Line, SummaryItem

SHOWN = 6
NAMED = 2
_LISTS = ("certifications", "jobs", "pathways")


@dataclass(frozen=True, slots=True)
class Shown:
    """One list that was shown: its kind, title and code («» where there is none) of each line, the messages that show
    it."""

    kind: str
    lines: tuple[tuple[str, str], ...]
    seqs: tuple[int, ...]


def proposed(record: ConversationRecord) -> list[SummaryItem]:
    """Each list once, however often it was shown; the last plan; at most six, the latest."""
    lists = _lists(record)
    items = [_item(record, shown, _until(shown, lists)) for shown in lists]
    if plan := funding_shown(record):
        items.append(plan)
    if len(items) <= SHOWN:
        return items
    earlier = items[: len(items) - SHOWN + 1]
    evidence = record.seen(seq for item in earlier for seq in item.evidence)
    left_out = SummaryItem(text=record.words("earlier", n=len(earlier)), evidence=evidence)
    return [left_out, *items[len(earlier) :]]


def _lists(record: ConversationRecord) -> list[Shown]:
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Shown] = {}
    for line in record.messages:
        lines = _titles(line)
        if lines:
            key = (line.kind, lines)
            before = found.pop(key, Shown(line.kind, lines, ()))
            found[key] = replace(before, seqs=(*before.seqs, line.seq))
    return list(found.values())


def _titles(line: Line) -> tuple[tuple[str, str], ...]:
    items = (line.payload or {}).get("items") if line.kind in _LISTS else None
    if not isinstance(items, list):
        return ()
    named = [_title(item) for item in items if isinstance(item, dict)]
    return tuple((title, code) for title, code in named if title)


def _title(item: Mapping[str, JsonValue]) -> tuple[str, str]:
    return str(item.get("title") or item.get("label") or ""), str(item.get("code") or item.get("rome") or "")


def _until(shown: Shown, lists: Sequence[Shown]) -> int | None:
    """The message that shows the next list of this kind: what is said after it is about that one."""
    later = [seq for other in lists if other.kind == shown.kind for seq in other.seqs if seq > shown.seqs[-1]]
    return min(later, default=None)


def _item(record: ConversationRecord, shown: Shown, until: int | None) -> SummaryItem:
    titles = dict(shown.lines)
    told, heard = reception(record, titles, after=shown.seqs[-1], until=until)
    text = record.words(f"shown.{shown.kind}", titles=" ; ".join(_named(record, shown.lines)))
    if told:
        text = record.words("received", shown=text, received=told)
    return SummaryItem(text=text, evidence=record.seen([*shown.seqs, *heard]))


def _named(record: ConversationRecord, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The first in full, the others by their code."""
    for title, code in lines[:NAMED]:
        yield f"{title} ({code})" if code else title
    others = [code or title for title, code in lines[NAMED:]]
    if others:
        yield record.words("others", codes=", ".join(others))
