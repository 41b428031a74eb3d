"""Judging the criteria of a record: three-valued, a missing fact is never «no»."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from knowledge.funding import rules
from knowledge.funding.outcomes import MET, Failed, Outcome, Unknown
from knowledge.funding.records import Criterion, SchemeRecord
from knowledge.funding.rules import Ledger
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, french_day


def outcomes(scheme: SchemeRecord, situation: Situation, ledger: Ledger) -> list[tuple[Criterion, Outcome]]:
    """Each criterion that applies, with what it gives."""
    return [
        (criterion, judge(criterion, situation, ledger))
        for criterion in scheme.criteria
        if applies(criterion, situation)
    ]


def applies(criterion: Criterion, situation: Situation) -> bool:
    """Whether the criterion is for this status, this day and these facts."""
    status = situation.get("status")
    if criterion.statuses and status not in criterion.statuses:
        return False
    if (criterion.since and situation.on < criterion.since) or (criterion.until and situation.on > criterion.until):
        return False
    return holds(criterion.when, situation)


def holds(when: Mapping[str, tuple[str, ...]], situation: Situation) -> bool:
    """Whether each of these facts is known and has one of these values."""
    return all(_text(situation.get(field)) in values for field, values in when.items())


def judge(criterion: Criterion, situation: Situation, ledger: Ledger) -> Outcome:
    """One criterion."""
    if criterion.rule:
        return rules.RULES[criterion.rule](situation, ledger, criterion.reason)
    if criterion.notice_days is not None:
        return _notice(criterion.notice_days, situation, criterion.reason)
    field = criterion.field or ""
    value = situation.get(field)
    if value is None:
        enough = criterion.months and situation.months_at_start(0) >= (criterion.at_least or 0)
        return MET if enough or criterion.unknown == "met" else Unknown((_name(field),))
    if _fits(criterion, value, situation):
        return MET
    reason = criterion.reason.format(value=_said(value))
    if criterion.months and criterion.at_least is not None:
        opens = situation.day_of_months(int(criterion.at_least) - int(value))
        return Failed(f"{reason} {TEXTS.get('opens', day=french_day(opens))}", opens)
    return Failed(reason)


def _notice(days: int, situation: Situation, reason: str) -> Outcome:
    """Whether the training starts late enough for the request to be in time."""
    start = situation.training.start_date
    first = situation.on + timedelta(days=days)
    if start is None or start >= first:
        return MET
    return Failed(reason.format(day=french_day(first)), first)


def _fits(criterion: Criterion, value: Any, situation: Situation) -> bool:
    if criterion.is_ is not None:
        return bool(value) is criterion.is_
    if criterion.one_of is not None:
        return _text(value) in criterion.one_of
    number = Decimal(str(situation.months_at_start(int(value)) if criterion.months else value))
    return (criterion.at_least is None or number >= criterion.at_least) and (
        criterion.at_most is None or number <= criterion.at_most
    )


def _name(field: str) -> str:
    return {"kind": "training_kind", "cost": "training_cost"}.get(field, field)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _said(value: Any) -> str:
    return str(value).replace(".", ",")
