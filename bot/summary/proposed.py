"""What the assistant already showed, and how it was received, so that nobody proposes it again unknowingly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from bot.summary.funding import funding_shown
from bot.summary.quoting import shortened
from bot.summary.receiving import reception
from bot.summary.record import ConversationRecord, Line, SummaryItem

SHOWN = 5
# Titles told of a list that the person spoke of, and of the last one of its kind when they said nothing of it.
NAMED_WHEN_HEARD = 2
NAMED = 1
TITLE_CHARS = 60
_LISTS = ("certifications", "jobs", "pathways")


@dataclass(frozen=True, slots=True)
class Shown:
    """One list that was shown: its kind, title and code («» where there is none) of each line, the messages that show
    it; what the person said of it («» for nothing), and where."""

    kind: str
    lines: tuple[tuple[str, str], ...]
    seqs: tuple[int, ...]
    received: str = ""
    heard: tuple[int, ...] = ()


def proposed(record: ConversationRecord) -> list[SummaryItem]:
    """The lists that the person spoke of and the last one of each kind, once each; how many others; the last plan."""
    lists = _received(record, _lists(record))
    last = {shown.kind: shown for shown in lists}
    told = [shown for shown in lists if shown.received or shown is last[shown.kind]][-SHOWN:]
    left_out = [shown for shown in lists if shown not in told]
    items = [_item(record, shown) for shown in told]
    if left_out:
        items.insert(0, _earlier(record, left_out))
    if plan := funding_shown(record):
        items.append(plan)
    return items


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
    payload = line.payload or {}
    items = payload.get("items") if line.kind in _LISTS else None
    if not isinstance(items, list) or payload.get("recalled"):
        return ()
    named = [_title(item) for item in items if isinstance(item, dict)]
    return tuple((title, code) for title, code in named if title)


def _title(item: Mapping[str, JsonValue]) -> tuple[str, str]:
    return str(item.get("title") or item.get("label") or ""), str(item.get("code") or item.get("rome") or "")


def _received(record: ConversationRecord, lists: Sequence[Shown]) -> list[Shown]:
    """The lists with what was said of each. What was said once is told once, of the list shown last before it."""
    told: set[tuple[int, ...]] = set()
    found = []
    for shown in reversed(lists):
        received, heard = reception(record, dict(shown.lines), after=shown.seqs[-1], until=_until(shown, lists))
        if received and tuple(heard) not in told:
            told.add(tuple(heard))
            shown = replace(shown, received=received, heard=tuple(heard))
        found.append(shown)
    return found[::-1]


def _until(shown: Shown, lists: Sequence[Shown]) -> int | None:
    """The message that shows the next list of this kind: what is said after it is about that one."""
    later = [seq for other in lists if other.kind == shown.kind for seq in other.seqs if seq > shown.seqs[-1]]
    return min(later, default=None)


def _item(record: ConversationRecord, shown: Shown) -> SummaryItem:
    text = record.words(f"shown.{shown.kind}", titles=_named(record, shown))
    if shown.received:
        text = record.words("received", shown=text, received=shown.received)
    return SummaryItem(text=text, evidence=record.seen([*shown.seqs, *shown.heard]))


def _named(record: ConversationRecord, shown: Shown) -> str:
    """The first titles with their code, and how many others."""
    named = NAMED_WHEN_HEARD if shown.received else NAMED
    titles = " ; ".join(_told_once(shown.lines[:named]))
    others = len(shown.lines) - named
    return record.words("others", titles=titles, n=others) if others > 0 else titles


def _told_once(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each title, without the end that it shares with the one before («Bloc par bloc : Secrétaire médical»)."""
    before = ""
    for title, code in lines:
        way, _, end = title.partition(" : ")
        words = shortened(way if end and end == before else title, TITLE_CHARS)
        yield f"{words} ({code})" if code else words
        before = end


def _earlier(record: ConversationRecord, lists: Sequence[Shown]) -> SummaryItem:
    evidence = record.seen(seq for shown in lists for seq in shown.seqs)
    return SummaryItem(text=record.words("earlier", n=len(lists)), evidence=evidence)
