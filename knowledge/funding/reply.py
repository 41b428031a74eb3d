"""A plan as the contract shows it."""

from decimal import Decimal
from typing import Any

from knowledge.funding.lines import Line
from knowledge.funding.plan import Plan


def as_json(plan: Plan) -> dict[str, Any]:
    """The reply of `POST /api/funding/plan`."""
    return {
        "on": plan.on.isoformat(),
        "cost": _euros(plan.cost),
        "lines": [_line(line) for line in plan.lines],
        "covered": _euros(plan.covered),
        "remaining": _euros(plan.remaining),
        "fee": _euros(plan.fee),
        "income": [_line(line) for line in plan.income],
        "employer_aids": [_line(line) for line in plan.employer_aids],
        "questions": list(plan.questions),
        "calendar": [{"date": act.day.isoformat(), "act": act.act, "scheme": act.scheme} for act in plan.calendar],
        "warnings": list(plan.warnings),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "scheme": line.scheme,
        "name": line.name,
        "verdict": line.verdict,
        "amount": _euros(line.amount),
        "reasons": list(line.reasons),
        "missing": list(line.missing),
        "opens_on": line.opens_on.isoformat() if line.opens_on else None,
        "replaced_by": line.replaced_by,
        "sources": [
            {"title": source.title, "url": source.url, "checked_on": source.checked_on.isoformat()}
            for source in line.sources
        ],
    }


def _euros(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
