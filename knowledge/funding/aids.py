"""Money that does not pay the training: the person's income meanwhile, and the aid to an employer."""

from decimal import Decimal

from knowledge.funding.lines import Line
from knowledge.funding.loading import Records
from knowledge.funding.situation import Situation
from knowledge.funding.values import CENT, amount_on

_PTP_SHARE = Decimal("0.9")


def income_amount(scheme: str, situation: Situation, records: Records) -> Decimal | None:
    """Per month, of an income line; None where it depends on what no field carries."""
    if scheme == "rfft":
        return _rfft(situation, records)
    return None


def ptp_pay(line: Line, situation: Situation, records: Records) -> Decimal | None:
    """The wage of the first year during a PTP: whole to twice the SMIC, else 90 %, never below it (D6323-18-4)."""
    wage, smic = situation.amount("monthly_gross_salary"), amount_on(records, "smic_month", situation.on)
    if wage is None or smic is None or not line.open:
        return None
    return (wage if wage <= 2 * smic else max(wage * _PTP_SHARE, 2 * smic)).quantize(CENT)


def employer_aid(line: Line, situation: Situation, records: Records) -> Decimal | None:
    """What the employer of this person receives, where no other fact decides it."""
    if not line.open or situation.get("status") == "employer":
        return None
    if line.scheme == "contrat_apprentissage" and situation.get("disability"):
        return amount_on(records, "apprentice_disability_aid", situation.on)
    if line.scheme == "contrat_professionnalisation" and situation.get("registered_france_travail"):
        age = situation.get("age")
        if age is not None and age >= 45:
            return amount_on(records, "professionnalisation_aid_45", situation.on)
        if age is not None and age >= 26:
            return amount_on(records, "professionnalisation_aid_26", situation.on)
    return None


def _rfft(situation: Situation, records: Records) -> Decimal | None:
    """By age; with a recognised disability, the floor (R6341-24-8)."""
    age = situation.get("age")
    if situation.get("disability"):
        return amount_on(records, "rfft_disability", situation.on)
    if age is None:
        return None
    name = "rfft_under_18" if age < 18 else "rfft_18_25" if age <= 25 else "rfft_26"
    return amount_on(records, name, situation.on)
