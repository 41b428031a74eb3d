"""The least an apprentice is paid, by age and year of the contract (article D6222-26 of the Code du travail)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.funding.loading import Records
from knowledge.funding.values import CENT, amount_on

YEARS = (1, 2, 3)
# First and last age of each bracket, by the end of the names of its values.
_BRACKETS = (("16_17", 16, 17), ("18_20", 18, 20), ("21_25", 21, 25), ("26", 26, None))


@dataclass(frozen=True, slots=True)
class ApprenticePay:
    """Euros a month before deductions, for the first, second and third year; `last_age` is None for the oldest.
    From 21 on, the agreed minimum of the branch counts where it is higher."""

    first_age: int
    last_age: int | None
    amounts: tuple[Decimal, ...]


def apprentice_pay(records: Records, on: date) -> tuple[ApprenticePay, ...]:
    """One for each bracket of ages, the youngest first; none on a day for which the SMIC is not known."""
    smic = amount_on(records, "smic_month", on)
    if smic is None:
        return ()
    return tuple(
        ApprenticePay(first, last, tuple(_share(records, f"apprentice_pay_{name}_{year}", on, smic) for year in YEARS))
        for name, first, last in _BRACKETS
    )


def _share(records: Records, value: str, on: date, smic: Decimal) -> Decimal:
    return (smic * (amount_on(records, value, on) or 0) / 100).quantize(CENT)
