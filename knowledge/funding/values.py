"""National values on a day."""

from datetime import date
from decimal import Decimal

from knowledge.funding.loading import Records
from knowledge.funding.records import DatedValue

CENT = Decimal("0.01")


def value_on(records: Records, name: str, on: date) -> DatedValue | None:
    """The value in force; None before the first and after the last."""
    for value in records.values[name].values:
        if (value.since is None or value.since <= on) and (value.until is None or on <= value.until):
            return value
    return None


def amount_on(records: Records, name: str, on: date) -> Decimal | None:
    """As `value_on`, in the unit of the record."""
    found = value_on(records, name, on)
    return found.amount if found else None
