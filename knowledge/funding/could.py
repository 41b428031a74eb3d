"""What could close the gap, or open what is closed: the plan made again with one fact changed."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from knowledge.funding.loading import Records
from knowledge.funding.plan import Plan, make_plan
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, euros

_EMPLOYER_TRIES = (Decimal(100), Decimal(500))


def sentences(situation: Situation, records: Records, plan: Plan) -> Iterator[str]:
    """In French, none when nothing is left to pay."""
    if plan.remaining is not None and not plan.remaining:
        return
    if plan.remaining and situation.get("status") == "employee" and not situation.get("employer_contribution"):
        for given in _EMPLOYER_TRIES:
            other = make_plan(_with(situation, "employer_contribution", float(given)), records)
            if other.remaining is not None and other.remaining < plan.remaining:
                yield TEXTS.get("could.employer", given=euros(given), left=euros(other.remaining))
                break
    if situation.get("status") == "jobseeker" and situation.get("registered_france_travail") is False:
        other = make_plan(_with(situation, "registered_france_travail", True), records)
        opened = [line.name for line in other.lines if line.open and not _open(plan, line.scheme)]
        if opened:
            yield TEXTS.get("could.register", names=", ".join(opened[:3]))


def _open(plan: Plan, scheme: str) -> bool:
    line = plan.line(scheme)
    return line is not None and line.open


def _with(situation: Situation, field: str, value: object) -> Situation:
    return replace(situation, profile={**situation.profile, field: value})
