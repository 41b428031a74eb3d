"""The plan shown last, in a line: who may pay, what remains, and what was asked about and is not possible."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from bot.profile import number_label
from bot.summary.record import ConversationRecord, SummaryItem
from bot.wording import say

SCHEMES = 4
_POSSIBLE = ("eligible", "discretionary", "uncertain")


def funding_shown(record: ConversationRecord) -> SummaryItem | None:
    """The last `funding` message; None when there was none."""
    plans = [line for line in record.messages if line.kind == "funding" and line.payload]
    if not plans:
        return None
    payload = plans[-1].payload or {}
    schemes = " ; ".join(_schemes(record, payload))
    if not schemes:
        return None
    text = record.words("shown.funding", schemes=schemes)
    remaining = payload.get("remaining")
    if isinstance(remaining, int | float):
        text = record.words("shown.remaining", plan=text, amount=_euros(remaining))
    return SummaryItem(text=text, evidence=[plans[-1].seq])


def _schemes(record: ConversationRecord, payload: Mapping[str, JsonValue]) -> Iterator[str]:
    """The first line is what was asked about, whatever its verdict; then what is possible, the surest first."""
    lines = payload.get("lines")
    told = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    first = [line for line in told[:1] if line.get("verdict") not in _POSSIBLE]
    possible = [line for verdict in _POSSIBLE for line in told if line.get("verdict") == verdict]
    for line in [*first, *possible][:SCHEMES]:
        amount, verdict = line.get("amount"), record.words(f"verdicts.{line.get('verdict')}")
        if isinstance(amount, int | float) and line.get("verdict") in _POSSIBLE:
            verdict = record.words("up_to", verdict=verdict, amount=_euros(amount))
        yield record.words("scheme", name=str(line.get("name") or line.get("scheme")), verdict=verdict)


def _euros(amount: float) -> str:
    return say("profile.euros", amount=number_label(amount))
