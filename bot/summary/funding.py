"""The plan shown last, in a line: who may pay, what remains, and what was asked about and is not possible."""

import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from bot.profile import number_label
from bot.summary.record import ConversationRecord, SummaryItem
from bot.wording import say

SCHEMES = 4
_ONESELF = "autofinancement"
# «Compte personnel de formation (CPF)».
_SHORT_NAME = re.compile(r"\(([A-ZÉ][\w-]*[A-Z])\)$")
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
    """What is possible, the surest first; what was asked about (it comes first in a plan) even when it is not."""
    lines = payload.get("lines")
    told = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    asked = [line for line in told[:1] if line.get("verdict") not in _POSSIBLE]
    possible = [line for verdict in _POSSIBLE for line in told if line.get("verdict") == verdict]
    kept = [line for line in possible if line.get("scheme") != _ONESELF][: SCHEMES - len(asked)]
    for verdict in dict.fromkeys(str(line.get("verdict")) for line in [*kept, *asked]):
        names = ", ".join(_name(record, line) for line in [*kept, *asked] if line.get("verdict") == verdict)
        yield record.words(f"verdicts.{verdict}", names=names)


def _name(record: ConversationRecord, line: Mapping[str, JsonValue]) -> str:
    """The name, in short for a counsellor, with the amount that may be paid."""
    name, amount = str(line.get("name") or line.get("scheme")), line.get("amount")
    short = _SHORT_NAME.search(name)
    if short and record.reader == "counsellor":
        name = short.group(1)
    if isinstance(amount, int | float) and line.get("verdict") in _POSSIBLE:
        return record.words("up_to", name=name, amount=_euros(amount))
    return name


def _euros(amount: float) -> str:
    return say("profile.euros", amount=number_label(amount))
