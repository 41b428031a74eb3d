"""A record as a counsellor reads it."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.funding.loading import Records
from knowledge.funding.records import Criterion, DatedValue, SchemeRecord
from knowledge.funding.texts import TEXTS, french_day

# Where the sentence of a refusal begins to speak of this person.
_GIVEN = re.compile(r" (?:Vous en avez|Vous avez|Celle-ci|La vôtre|Le vôtre|Le premier début)")


def explained(records: Records, scheme: SchemeRecord, on: date) -> Iterator[str]:
    """Lines of plain text."""
    yield scheme.name
    yield scheme.summary
    if scheme.closed and (scheme.closed.since is None or on >= scheme.closed.since):
        since = scheme.closed.since
        yield TEXTS.get("explain.closed", reason=scheme.closed.reason.format(day=french_day(since) if since else ""))
    yield TEXTS.get("explain.for", statuses=", ".join(TEXTS.get(f"statuses.{name}") for name in scheme.statuses))
    body = scheme.decided_by
    yield TEXTS.get("explain.decided", body=body) if body else TEXTS.get("explain.rights")
    yield from _list("explain.criteria", criteria_lines(scheme))
    yield from _list("explain.checklist", scheme.checklist)
    yield from _list("explain.values", value_lines(records, scheme))
    yield from _list("explain.steps", step_lines(scheme))
    if scheme.excludes:
        names = ", ".join(records.schemes[name].name for name in scheme.excludes)
        yield TEXTS.get("explain.excludes", names=names)
    if scheme.to_confirm:
        yield TEXTS.get("explain.confirm", what=scheme.to_confirm)
    yield from _list("explain.sources", source_lines(records, scheme))


def criteria_lines(scheme: SchemeRecord) -> tuple[str, ...]:
    """What a machine judges, by the sentence of each refusal, without the person's figures."""
    return tuple(criterion_line(criterion) for criterion in scheme.criteria)


def criterion_line(criterion: Criterion) -> str:
    """One criterion, without the person's figures."""
    key = f"criteria.{criterion.rule}"
    return TEXTS.get(key) if key in TEXTS else _GIVEN.split(criterion.reason)[0]


def value_lines(records: Records, scheme: SchemeRecord) -> tuple[str, ...]:
    """Each dated value with its source."""
    return tuple(
        TEXTS.get(
            "explain.value",
            label=records.values[name].label,
            amount=_number(value),
            unit=records.values[name].unit,
            period=_period(value),
            source=records.sources[value.source].title,
        )
        for name in scheme.values
        for value in records.values[name].values
    )


def step_lines(scheme: SchemeRecord) -> tuple[str, ...]:
    """What to do, with the days before the start."""
    return tuple(
        TEXTS.get("explain.step_before", act=step.act, days=step.days_before) if step.days_before else step.act
        for step in scheme.steps
    )


def source_lines(records: Records, scheme: SchemeRecord) -> tuple[str, ...]:
    """Where each fact was read, when, and how surely."""
    return tuple(
        TEXTS.get(
            "explain.source",
            title=source.title,
            day=source.checked_on.strftime("%d/%m/%Y"),
            how=TEXTS.get(f"how.{source.how}"),
            url=source.url,
        )
        for source in (records.sources[name] for name in scheme.sources)
    )


def _number(value: DatedValue) -> str:
    amount = value.amount
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",")


def _period(value: DatedValue) -> str:
    if value.since and value.until:
        return TEXTS.get("explain.between", since=french_day(value.since), until=french_day(value.until))
    if value.until:
        return TEXTS.get("explain.until", until=french_day(value.until))
    return TEXTS.get("explain.since", day=french_day(value.since)) if value.since else TEXTS.get("explain.always")


def _list(key: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield TEXTS.get(key)
        yield from (f"  • {line}" for line in lines)
