"""The rules that need more than a comparison. Sources: the records that refer to them, and the conventions of the
labelled set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.funding.outcomes import MET, Failed, Outcome, Unknown
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, french_day

_CPF_KINDS = ("rncp", "rs", "clea", "vae", "bilan", "licence_b")
# The light licence: the law of 21 February 2026, then the decree of the 26th with its minimum.
_LICENCE_LAW, _LICENCE_DECREE = date(2026, 2, 21), date(2026, 2, 26)
_LICENCE_LEAST = Decimal(100)
_INCAPACITY = 10
_PTP_TOTAL, _PTP_COMPANY, _PTP_CDD = 24, 12, 4
_INTERIM_HOURS, _INTERIM_AGENCY = 1_600, 600
_LONG_MONTHS, _LONG_NOTICE, _SHORT_NOTICE = 6, 120, 60
_GRAND_EST = frozenset({"08", "10", "51", "52", "54", "55", "57", "67", "68", "88"})


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the plan knows already when it judges the schemes that come after the CPF."""

    cpf: Decimal = Decimal(0)
    remaining: Decimal | None = None


Rule = Callable[[Situation, Ledger, str], Outcome]


def cpf_kind(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """The training ends in a certification, or is one of those that the CPF pays without."""
    kind = situation.cpf_kind
    if kind is None:
        return Unknown(("training_kind",))
    if kind in _CPF_KINDS:
        return MET
    return Unknown(("target_certification",)) if kind == "business_creation" else Failed(reason)


def cpf_balance(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """There is something on the account."""
    balance = situation.amount("cpf_balance")
    if balance is None:
        return Unknown(("cpf_balance",))
    return MET if balance > 0 else Failed(reason)


def cpf_licence(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """A light licence: jobseekers, or money of a third party (L6323-6 II 4°, D6323-8)."""
    if situation.training.kind != "licence_b" or situation.on < _LICENCE_LAW:
        return MET
    if situation.get("status") == "jobseeker":
        registered = situation.get("registered_france_travail")
        if registered is None:
            return Unknown(("registered_france_travail",))
        return MET if registered else Failed(TEXTS.get("rules.licence_registered"))
    if situation.get("status") == "self_employed":
        return MET if _own_third_party(situation) else Unknown(())
    given = situation.amount("employer_contribution")
    least = _LICENCE_LEAST if situation.on >= _LICENCE_DECREE else Decimal("0.01")
    if _own_third_party(situation) or (given is not None and given >= least):
        return MET
    return Unknown(("employer_contribution",)) if given is None else Failed(reason)


def _own_third_party(situation: Situation) -> bool:
    """Money of the professional prevention account, or for an accident at work."""
    points, incapacity = situation.get("c2p_points"), situation.get("atmp_permanent_incapacity_pct")
    return (points or 0) >= 1 or (incapacity or 0) >= _INCAPACITY


def employer_money(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """The employer adds money; a licence needs a least amount."""
    given = situation.amount("employer_contribution")
    if given is None:
        return MET
    if given <= 0:
        return Failed(reason)
    if situation.training.kind == "licence_b" and situation.on >= _LICENCE_DECREE and given < _LICENCE_LEAST:
        return Failed(TEXTS.get("rules.licence_least"))
    return MET


def ptp_seniority(situation: Situation, _ledger: Ledger, _reason: str) -> Outcome:
    """Seniority on the day the training starts (D6323-9 III, R6323-9-1); none with a recognised disability."""
    if situation.get("disability"):
        return MET
    contract = situation.get("contract_type")
    if contract == "interim":
        return _interim(situation)
    if contract is None:
        return Unknown(("contract_type", *(("seniority_months",) if _to_ask(situation, "seniority_months") else ())))
    total, company = situation.get("seniority_months"), situation.get("company_seniority_months")
    failed = [_months_short(situation, total, _PTP_TOTAL, "rules.ptp_total")]
    if contract == "cdi":
        failed.append(_months_short(situation, company, _PTP_COMPANY, "rules.ptp_company"))
    reasons = [one for one in failed if one]
    if reasons:
        opens = max(one.opens_on for one in reasons if one.opens_on)
        return Failed(" ".join([*(one.reason for one in reasons), *_unless_disabled(situation)]), opens)
    unknown = [name for name in ("seniority_months", "company_seniority_months") if _to_ask(situation, name)]
    if unknown:
        # On a fixed-term contract the time in the company never refuses alone: it is asked after the total.
        return Unknown(tuple(unknown[:1] if contract == "cdd" else unknown))
    if contract == "cdd" and situation.months_at_start(company or 0) < _PTP_CDD:
        recent = situation.get("cdd_months_last_12")
        if recent is None:
            return Unknown(("cdd_months_last_12",), TEXTS.get("rules.ptp_cdd"))
        return MET if recent >= _PTP_CDD else Failed(TEXTS.get("rules.ptp_cdd"))
    return MET


def _to_ask(situation: Situation, field: str) -> bool:
    """Whether the months are not known, and the time until the training starts does not make them enough by itself."""
    return situation.get(field) is None and situation.months_at_start(0) < _PTP_TOTAL


def _months_short(situation: Situation, months: int | None, needed: int, key: str) -> Failed | None:
    if months is None or situation.months_at_start(months) >= needed:
        return None
    opens = situation.day_of_months(needed - months)
    said = TEXTS.get(key, needed=needed, value=months)
    in_months = TEXTS.get("opens_in", months=needed - months, day=french_day(opens), needed=needed)
    return Failed(f"{said} {in_months}", opens)


def _interim(situation: Situation) -> Outcome:
    facts = {"interim_hours_18m": _INTERIM_HOURS, "interim_hours_agency": _INTERIM_AGENCY}
    missing = tuple(name for name in facts if situation.get(name) is None)
    short = any(situation.get(name) is not None and situation.get(name) < least for name, least in facts.items())
    if short:
        return Failed(TEXTS.get("rules.ptp_interim"))
    return Unknown(missing, TEXTS.get("rules.ptp_interim")) if missing else MET


def _unless_disabled(situation: Situation) -> list[str]:
    """An absent disability is not claimed; the exemption is named."""
    return [TEXTS.get("rules.unless_disabled")] if situation.get("disability") is None else []


def notice_days(situation: Situation) -> int:
    """Days before the start at which an absence from work is asked: 120 for six months or more in one go, else 60
    (R6323-10, D6323-4)."""
    training = situation.training
    long = training.full_time is True and (training.months or 0) >= _LONG_MONTHS
    return _LONG_NOTICE if long else _SHORT_NOTICE


def ptp_notice(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """The employer is told in time, when the training is on working time."""
    training = situation.training
    if training.on_working_time is False or training.start_date is None:
        return MET
    days = notice_days(situation)
    first = situation.on + timedelta(days=days)
    if training.start_date >= first:
        return MET
    return Failed(reason.format(days=days, day=french_day(first)), first)


def reconversion_hours(situation: Situation, _ledger: Ledger, _reason: str) -> Outcome:
    """150 to 450 hours, to 2,100 by agreement only (L6324-4); no floor for CléA and VAE."""
    if situation.training.kind != "rncp":
        return MET
    hours = situation.training.hours
    if hours is None:
        return Unknown(("hours",))
    if hours < 150:
        return Failed(TEXTS.get("rules.reconversion_short", hours=hours))
    if hours > 2_100:
        return Failed(TEXTS.get("rules.reconversion_long", hours=hours))
    return MET if hours <= 450 else Unknown((), TEXTS.get("rules.reconversion_agreement", hours=hours))


def apprentice_age(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """16 to 29 (L6222-1); no limit with a recognised disability, or for a project that needs the diploma (L6222-2)."""
    age = situation.get("age")
    if situation.get("status") == "employer":
        return MET
    if age is None:
        return Unknown(("age",))
    if age < 15:
        return Failed(TEXTS.get("rules.apprentice_young", age=age))
    if age == 15:
        return Unknown((), TEXTS.get("rules.apprentice_15"))
    if age <= 29 or situation.get("disability") or situation.get("project") == "start_business":
        return MET
    return Failed(" ".join([reason.format(value=age), *_unless_disabled(situation)]))


def professionnalisation_age(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """16 to 25, or registered jobseekers from 26, or who receives a minimum income (L6325-1)."""
    if situation.get("status") == "employer":
        return MET
    age, registered = situation.get("age"), situation.get("registered_france_travail")
    if age is None:
        return MET if registered else Unknown(("age",))
    if age < 16:
        return Failed(TEXTS.get("rules.professionnalisation_young", age=age))
    if age <= 25 or registered or situation.get("minimum_income"):
        return MET
    return Unknown(("registered_france_travail",)) if registered is None else Failed(reason.format(value=age))


def public_service(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """Three years of public service."""
    here, total = situation.get("company_seniority_months"), situation.get("seniority_months")
    served = situation.get("public_service_months")
    if max(here or 0, served or 0) >= 36:
        return MET
    if (total is not None and total < 36) or (served is not None and served < 36):
        return Failed(reason)
    missing = [
        name for name, value in (("company_seniority_months", here), ("seniority_months", total)) if value is None
    ]
    return Unknown(tuple(missing) or ("public_service_months",))


def grand_est(situation: Situation, _ledger: Ledger, reason: str) -> Outcome:
    """The only territory whose scheme is known here."""
    location = situation.get("location")
    if location is None:
        return Unknown(("location",))
    return MET if str(location)[:2] in _GRAND_EST else Failed(reason)


def nothing_left(_situation: Situation, ledger: Ledger, reason: str) -> Outcome:
    """There is something left to pay after the lines before."""
    return Failed(reason) if ledger.remaining is not None and ledger.remaining <= 0 else MET


RULES: Mapping[str, Rule] = {
    "cpf_kind": cpf_kind,
    "cpf_balance": cpf_balance,
    "cpf_licence": cpf_licence,
    "employer_money": employer_money,
    "ptp_seniority": ptp_seniority,
    "ptp_notice": ptp_notice,
    "reconversion_hours": reconversion_hours,
    "apprentice_age": apprentice_age,
    "professionnalisation_age": professionnalisation_age,
    "public_service": public_service,
    "grand_est": grand_est,
    "nothing_left": nothing_left,
}
