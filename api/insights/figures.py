"""Figures made of counts: numbers alone, tables, how to read them, and what people wrote."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.insights.calendar import period_label
from api.insights.counting import Counts, Scope
from api.insights.hiding import THRESHOLD, readable
from api.insights.naming import hub_label
from api.insights.period import Period
from api.insights.schemas import Insights, Measure, Section, Span
from api.insights.tables import SECTIONS, tables
from api.insights.texts import TEXTS
from api.services import Services


@dataclass(frozen=True, slots=True)
class Both:
    """The counts of a period, of the one before, and what people wrote."""

    now: Counts
    before: Counts
    comments: list[str] = field(default_factory=list)


def figures(services: Services, hub: str | None, scope: Scope, both: Both) -> Insights:
    """All the figures of this scope; `hub` is the one asked for."""
    return Insights(
        hub=hub,
        hub_label=hub_label(services, hub),
        period=_span(scope.period),
        previous=_span(scope.period.previous),
        threshold=THRESHOLD,
        is_empty=both.now.conversations == 0,
        notes=_notes(services, scope),
        measures=list(_measures(both)),
        sections=[_section(id_) for id_ in SECTIONS],
        tables=list(tables(services, both.now, both.before)),
        # Among a few answers, whose words they are could be guessed.
        comments=both.comments if both.now.tables["satisfaction"].total() >= THRESHOLD else [],
    )


def _span(period: Period) -> Span:
    return Span(start=period.start, end=period.end, by=period.by, label=period_label(period))


def _section(id_: str) -> Section:
    return Section(id=id_, title=TEXTS.get(f"sections.{id_}.title"), help=TEXTS.get(f"sections.{id_}.help"))


def _notes(services: Services, scope: Scope) -> list[str]:
    notes = [
        TEXTS.get("compared", period=period_label(scope.period.previous)),
        TEXTS.get("hidden", threshold=THRESHOLD),
    ]
    if all(offer.example for offer in services.catalogue.offers.values()):
        notes.append(TEXTS.get("no_offers"))
    return notes


def quantile(ordered: list[int], share: float) -> int:
    """The value that at least `share` of them do not pass (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _measures(both: Both) -> Iterator[Measure]:
    yield _measure("conversations", both.now.conversations, both.before.conversations)
    yield _measure("handovers", both.now.tables["handover"].total(), both.before.tables["handover"].total())
    unread = (counts.tables["not_understood"].total() for counts in (both.now, both.before))
    yield _measure("not_understood", *unread)
    for id_, share in (("wait_median", 0.5), ("wait_p90", 0.9)):
        now, before = (
            quantile(counts.waits, share) if len(counts.waits) >= THRESHOLD else None
            for counts in (both.now, both.before)
        )
        yield Measure(id=id_, title=TEXTS.get(f"measures.{id_}"), unit="minutes", value=now, previous=before)


def _measure(id_: str, now: int, before: int) -> Measure:
    title = TEXTS.get(f"measures.{id_}")
    return Measure(id=id_, title=title, unit="conversations", value=readable(now), previous=readable(before))
