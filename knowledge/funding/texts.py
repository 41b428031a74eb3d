"""French sentences of the funding rules."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "funding.yml")
_MONTHS = TEXTS.lines("months")


def euros(amount: Decimal) -> str:
    """1 234,56 €; without cents when there are none."""
    whole = amount == amount.to_integral_value()
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",") + "\u00a0€"


def french_day(day: date) -> str:
    """1er mars 2027."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


@cache
def decided_by(body: str) -> str:
    """Who decides."""
    return TEXTS.get("decided_by", body=body)


@cache
def lacking(fields: tuple[str, ...]) -> str:
    """What is missing to know."""
    return TEXTS.get("missing", fields=", ".join(map(field_name, fields)))


def field_name(field: str) -> str:
    """How a fact is called."""
    return TEXTS.get(f"fields.{field}")
