"""The most an employer receives for an apprentice in the first year of the contract, by size of the firm and by level
of the diploma (article D6243-2 of the Code du travail, and the Ministry's page)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.funding.loading import Records
from knowledge.funding.values import value_on
from knowledge.records import Source

LARGE_FROM = 250
# By the end of the names of the values: the last level each holds for.
_LEVELS = (("4", 4), ("5", 5), ("6", 7))


@dataclass(frozen=True, slots=True)
class ApprenticeAid:
    """Euros, for a contract signed on the day asked for and a diploma of `last_level` at most, above the level of the
    aid before it. `until`: the last day on which it is known; the contract begins by then too."""

    last_level: int
    amount: Decimal
    until: date | None
    source: Source


def apprentice_aid(records: Records, on: date, staff: int) -> tuple[ApprenticeAid, ...]:
    """One for each level for which it is known on that day, the lowest first, in a firm of `staff` employees."""
    size = "large" if staff >= LARGE_FROM else "small"
    found = [(level, value_on(records, f"apprentice_aid_{size}_{name}", on)) for name, level in _LEVELS]
    return tuple(
        ApprenticeAid(level, value.amount, value.until, records.source(value.source))
        for level, value in found
        if value is not None
    )
