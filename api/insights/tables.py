"""The tables of the figures: named, compared with the period before, small numbers hidden."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from api.insights.counting import Counts
from api.insights.hiding import Shown, shown, shown_within
from api.insights.naming import name
from api.insights.schemas import Row, Table
from api.insights.texts import TEXTS
from api.services import Services

ROWS_MAX = 20
# Tables in their order, by section. Where each conversation is on one line, the lines add up to a total.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "use": ("week", "month", "hub", "channel", "hour"),
    "who": ("public", "town", "department"),
    "pull": ("job", "field", "certification_asked", "need", "need_department"),
    "push": ("certification_shown", "certification_followed", "offer_shown", "offer_followed"),
    "money": ("funding",),
    "people": ("handover_reason", "outcome"),
    "opinion": ("satisfaction",),
}
ADDS_UP = frozenset(
    {"week", "month", "hub", "channel", "hour", "public", "town", "department", "outcome", "satisfaction"}
)
# What some conversations do not say is a line too, or the total would give away the others.
_MAY_BE_UNSAID = frozenset({"public", "town", "department"})
_WITHIN = {"town": "department", "job": "field"}
_IN_ORDER = frozenset({"week", "month", "hour"})


def tables(services: Services, now: Counts, before: Counts) -> Iterator[Table]:
    """Those that have something to show, in the order of the page."""
    counts = _complete(services, now), _complete(services, before)
    for section, names in SECTIONS.items():
        found = (_table(services, section, table, *counts) for table in names)
        yield from (table for table in found if table.rows or table.rest)


def _complete(services: Services, found: Counts) -> Counts:
    """The counts with what follows from them: departments, and what was not said."""
    counts = Counts(defaultdict(Counter, {table: Counter(cells) for table, cells in found.tables.items()}))
    for insee, n in counts.tables["town"].items():
        counts.tables["department"][_department(services, insee)] += n
    for table in _MAY_BE_UNSAID:
        counts.tables[table][""] += max(0, counts.conversations - counts.tables[table].total())
    return counts


def _table(services: Services, section: str, table: str, now: Counts, before: Counts) -> Table:
    cells = _cut(_shown(services, now, table), table in _IN_ORDER)
    earlier = _shown(services, before, table).cells
    rows = [
        Row(code=code, label=name(services, table, code), count=n, previous=earlier.get(code))
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
    """At most `ROWS_MAX` lines, the others joining the rest; weeks, months and hours in their order."""
    if in_order:
        return Shown(dict(sorted(found.cells.items(), key=lambda one: (len(one[0]), one[0]))), found.rest, found.total)
    cells = list(found.cells.items())
    return Shown(dict(cells[:ROWS_MAX]), found.rest + sum(n for _, n in cells[ROWS_MAX:]), found.total)
