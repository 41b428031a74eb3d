"""Figures made of counts: named, compared with the period before, small numbers hidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from api.insights.counting import Counts, Scope
from api.insights.hiding import THRESHOLD, Shown, readable, shown, shown_within
from api.insights.naming import TEXTS, hub_label, months_label, name
from api.insights.schemas import Insights, Measure, Months, Row, Section, Table
from api.services import Services

ROWS_MAX = 20
# Tables in their order, by section. Where each conversation is on one line, the lines add up to a total.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "use": ("month", "hub", "channel", "hour"),
    "who": ("public", "town", "department"),
    "pull": ("job", "field", "certification_asked", "need", "need_department"),
    "push": ("certification_shown", "certification_followed", "offer_shown", "offer_followed"),
    "money": ("funding",),
    "people": ("handover_reason", "outcome"),
    "opinion": ("satisfaction",),
}
ADDS_UP = frozenset({"month", "hub", "channel", "hour", "public", "town", "department", "outcome", "satisfaction"})
# What some conversations do not say is a line too, or the total would give away the others.
_MAY_BE_UNSAID = frozenset({"public", "town", "department"})
_WITHIN = {"town": "department", "job": "field"}
_IN_ORDER = frozenset({"month", "hour"})


@dataclass(frozen=True, slots=True)
class Both:
    """The counts of a period, of the one before, and what people wrote."""

    now: Counts
    before: Counts
    comments: list[str] = field(default_factory=list)


def figures(services: Services, hub: str | None, scope: Scope, both: Both) -> Insights:
    """All the figures of this scope; `hub` is the one asked for."""
    for counts in (both.now, both.before):
        _complete(services, counts)
    tables = [_table(services, section, table, both) for section, names in SECTIONS.items() for table in names]
    period, previous = scope.period, scope.period.previous
    return Insights(
        hub=hub,
        hub_label=hub_label(services, hub),
        period=Months(start=period.start, end=period.end),
        previous=Months(start=previous.start, end=previous.end),
        threshold=THRESHOLD,
        is_empty=both.now.conversations == 0,
        notes=_notes(services, scope),
        measures=list(_measures(both)),
        sections=[
            Section(id=id_, title=TEXTS.get(f"sections.{id_}.title"), help=TEXTS.get(f"sections.{id_}.help"))
            for id_ in SECTIONS
        ],
        tables=[table for table in tables if table.rows or table.rest],
        comments=both.comments,
    )


def _notes(services: Services, scope: Scope) -> list[str]:
    notes = [
        TEXTS.get("compared", period=months_label(scope.period.previous.start, scope.period.previous.end)),
        TEXTS.get("hidden", threshold=THRESHOLD),
    ]
    if all(offer.example for offer in services.catalogue.offers.values()):
        notes.append(TEXTS.get("no_offers"))
    return notes


def quantile(ordered: list[int], share: float) -> int:
    """The value that at least `share` of them do not pass (nearest rank)."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def _complete(services: Services, counts: Counts) -> None:
    for insee, n in counts.tables["town"].items():
        counts.tables["department"][_department(services, insee)] += n
    for table in _MAY_BE_UNSAID:
        counts.tables[table][""] += max(0, counts.conversations - counts.tables[table].total())


def _table(services: Services, section: str, table: str, both: Both) -> Table:
    now, before = (_shown(services, counts, table) for counts in (both.now, both.before))
    cells = _cut(now, table in _IN_ORDER)
    rows = [
        Row(code=code, label=name(services, table, code), count=n, previous=before.cells.get(code))
        for code, n in cells.cells.items()
    ]
    return Table(
        id=table,
        section=section,
        title=TEXTS.get(f"tables.{table}.title"),
        help=TEXTS.get(f"tables.{table}.help"),
        column=TEXTS.get(f"tables.{table}.column"),
        rows=rows,
        rest=cells.rest,
        total=cells.total if table in ADDS_UP else None,
    )


def _shown(services: Services, counts: Counts, table: str) -> Shown:
    cells = counts.tables[table]
    if table not in _WITHIN:
        return shown(cells)
    group_of = {code: _department(services, code) if table == "town" else code[:1] for code in cells}
    return shown_within(cells, group_of, shown(counts.tables[_WITHIN[table]]))


def _department(services: Services, insee: str) -> str:
    commune = services.catalogue.communes.get(insee)
    return commune.department if commune else ""


def _cut(found: Shown, in_order: bool) -> Shown:
    """At most `ROWS_MAX` lines, the others joining the rest; months and hours in their order."""
    if in_order:
        return Shown(dict(sorted(found.cells.items(), key=lambda one: (len(one[0]), one[0]))), found.rest, found.total)
    cells = list(found.cells.items())
    return Shown(dict(cells[:ROWS_MAX]), found.rest + sum(n for _, n in cells[ROWS_MAX:]), found.total)


def _measures(both: Both) -> Iterator[Measure]:
    yield _measure("conversations", both.now.conversations, both.before.conversations)
    yield _measure("handovers", both.now.tables["handover"].total(), both.before.tables["handover"].total())
    for id_, share in (("wait_median", 0.5), ("wait_p90", 0.9)):
        now, before = (
            quantile(counts.waits, share) if len(counts.waits) >= THRESHOLD else None
            for counts in (both.now, both.before)
        )
        yield Measure(id=id_, title=TEXTS.get(f"measures.{id_}"), unit="minutes", value=now, previous=before)


def _measure(id_: str, now: int, before: int) -> Measure:
    title = TEXTS.get(f"measures.{id_}")
    return Measure(id=id_, title=title, unit="conversations", value=readable(now), previous=readable(before))
