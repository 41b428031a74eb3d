"""How good a summary is, counted: the facts it holds, what it holds that was not said, how much shorter it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.profile import CONTACT_FIELDS
from bot.summary.record import Summary, SummaryItem
from bot.summary.rendering import as_text
from bot.wording import replies, say

# From here on a transcript is long enough for a summary to spare reading.
LONG_TURNS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts for one conversation. `told` of `known` facts of the profile are in the summary; `expected_told` of
    `expected` facts that its author wrote down; `unsaid` names what has no message that says it."""

    turns: int
    known: int
    told: int
    expected: int
    expected_told: int
    unsaid: tuple[str, ...]
    transcript_chars: int
    summary_chars: int

    @property
    def is_long(self) -> bool:
        """Whether the conversation has ten messages of the person or more."""
        return self.turns >= LONG_TURNS

    @property
    def times_shorter(self) -> float:
        """Characters of the transcript for one of the summary, titles included."""
        return self.transcript_chars / max(1, self.summary_chars)


def measure(state: Mapping[str, Any], summary: Summary, expected: Mapping[str, Any]) -> Measure:
    """`state`: the conversation as `GET /api/conversations/{id}` gives it; `expected`: values by field, as the
    evaluation's dialogues write them."""
    messages = {message["seq"]: message for message in state["messages"]}
    known = {name: label for name, label in state["labels"].items() if name not in CONTACT_FIELDS}
    told = {item.field for item in summary.situation if item.field in known and _says(item, state)}
    wanted = [name for name in expected if name not in CONTACT_FIELDS]
    right = [name for name in wanted if name in told and _is(expected[name], state["profile"].get(name))]
    return Measure(
        turns=sum(message["author"] == "person" for message in messages.values()),
        known=len(known),
        told=len(told),
        expected=len(wanted),
        expected_told=len(right),
        unsaid=tuple(_unsaid(summary, state["profile"], messages)),
        transcript_chars=sum(len(message["text"]) for message in messages.values()),
        summary_chars=len(as_text(summary)),
    )


def _says(item: SummaryItem, state: Mapping[str, Any]) -> bool:
    """Whether the line says the value of its fact, as it is said to the person or of them."""
    own = f"summary.values.{item.field}.{state['profile'].get(item.field)}"
    return state["labels"][item.field] in item.text or (own in replies() and say(own) in item.text)


def _unsaid(summary: Summary, profile: Mapping[str, Any], messages: Mapping[int, Mapping[str, Any]]) -> list[str]:
    wrong = [item.text for item in summary.situation if profile.get(item.field or "") is None]
    return [*wrong, *(item.text for item in summary.items() if not _is_said(item, messages))]


def _is_said(item: SummaryItem, messages: Mapping[int, Mapping[str, Any]]) -> bool:
    """Whether every message cited exists, and one of them holds each of the words quoted."""
    if not item.evidence or any(seq not in messages for seq in item.evidence):
        return False
    texts = [_flat(messages[seq]["text"]) for seq in item.evidence]
    quotes = [_flat(part.split(" »")[0]).rstrip("…") for part in item.text.split("« ")[1:]]
    return all(any(quote in text for text in texts) for quote in quotes)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _is(expected: Any, value: Any) -> bool:
    """Whether the value is one of those expected: an interval, a list of them, one of a list field."""
    if value is None:
        return False
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(_is(expected, one) for one in value)
    if isinstance(expected, Mapping):
        return bool(expected.get("min", value) <= value <= expected.get("max", value))
    allowed = expected if isinstance(expected, list) else [expected]
    return any(str(one).casefold() == str(value).casefold() for one in allowed)
