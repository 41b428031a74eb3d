"""The summary as it is read: titled parts in one order, those without content left out, at most a screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.summary.record import Summary, SummaryItem
from bot.wording import say

# Lines of one part; how many more there are is told.
LINES = 14


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is not empty. `id` is its name in the summary."""

    id: str
    title: str
    lines: tuple[str, ...]


def parts(summary: Summary) -> tuple[Part, ...]:
    """What presses first, then what is wanted and why a person is needed, then the rest."""
    found = {
        "urgency": [summary.urgency] if summary.urgency else [],
        "request": [summary.request] if summary.request else [],
        "notes": summary.notes,
        "blocking": summary.blocking,
        "situation": summary.situation,
        "already_proposed": summary.already_proposed,
        "open_questions": summary.open_questions,
        "reach": summary.reach,
    }
    return tuple(Part(name, say(f"summary.titles.{name}"), _lines(items)) for name, items in found.items() if items)


def as_text(summary: Summary) -> str:
    """The summary as plain text, a line each."""
    blocks = [[part.title, *(f"- {line}" for line in part.lines)] for part in parts(summary)]
    return "\n\n".join("\n".join(block) for block in blocks)


def _lines(items: Sequence[SummaryItem]) -> tuple[str, ...]:
    texts = [f"{item.text[:1].upper()}{item.text[1:]}" for item in items]
    if len(texts) <= LINES:
        return tuple(texts)
    return (*texts[: LINES - 1], say("summary.lines_left_out", n=len(texts) - LINES + 1))
