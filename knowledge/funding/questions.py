"""What to ask: only what can still change a verdict or an amount, the most decisive first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from knowledge.funding.loading import Records
from knowledge.funding.plan import Plan, make_plan
from knowledge.funding.situation import NOT_ASKED, OF_TRAINING, Situation

# Answers that try both sides of each threshold.
_ANSWERS: Mapping[str, Sequence[Any]] = {
    "contract_type": ("cdi", "cdd", "interim"),
    "seniority_months": (3, 30, 72),
    "company_seniority_months": (2, 6, 40),
    "company_size": (10, 200),
    "age": (14, 17, 20, 28, 40, 50, 68),
    "location": ("08105", "75056"),
    "activity": ("artisan", "commerce", "liberal", "agriculture"),
    "cpf_balance": (0, 50, 20_000),
    "cpf_hours": (0, 100),
    "registered_france_travail": (True, False),
    "unemployment_benefit": (True, False),
    "job_offer": (True, False),
    "bilan_in_last_5_years": (True, False),
    "employer_contribution": (0, 50, 500, 20_000),
    "target_certification": ("RNCP37121", "RS5616"),
    "training_kind": ("rncp", "rs", "vae", "bilan", "other"),
    "monthly_gross_salary": (2_000, 5_000),
    "cdd_months_last_12": (0, 8),
    "interim_hours_18m": (100, 2_000),
    "interim_hours_agency": (100, 800),
    "public_service_months": (6, 60),
}
_DECIDED = 100
# Facts that may change an amount though no line misses them.
_OF_AMOUNTS = ("cpf_balance", "employer_contribution", "age", "monthly_gross_salary")


def questions(situation: Situation, records: Records, plan: Plan) -> tuple[str, ...]:
    """Names of profile fields."""
    missing = {name: sum(name in line.missing for line in (*plan.lines, *plan.income)) for name in _missing(plan)}
    weights = {}
    for name in dict.fromkeys([*missing, *_OF_AMOUNTS]):
        if name in NOT_ASKED or name in OF_TRAINING or situation.get(name) is not None:
            continue
        tried = (make_plan(_with(situation, name, answer), records, sums_only=True) for answer in _ANSWERS[name])
        changed = max(_changes(plan, other) for other in tried)
        if changed:
            weights[name] = (missing.get(name, 0) + changed, changed)
    return tuple(sorted(weights, key=lambda name: weights[name], reverse=True))


def _missing(plan: Plan) -> list[str]:
    return list(dict.fromkeys(name for line in (*plan.lines, *plan.income) for name in line.missing))


def _with(situation: Situation, field: str, answer: Any) -> Situation:
    if field == "training_kind":
        return replace(situation, training=replace(situation.training, kind=answer))
    return replace(situation, profile={**situation.profile, field: answer})


def _changes(before: Plan, after: Plan) -> int:
    """How much another plan says otherwise: verdicts and amounts count before what is still missing."""
    old, new = _lines(before), _lines(after)
    decided = len({line[:3] for line in old} ^ {line[:3] for line in new})
    return _DECIDED * decided + len(old ^ new)


def _lines(plan: Plan) -> set[tuple[str, str, Decimal | None, tuple[str, ...]]]:
    shown = (*plan.lines, *plan.income, *plan.employer_aids)
    return {(line.scheme, line.verdict, line.amount, line.missing) for line in shown}
