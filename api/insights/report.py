"""The figures as a spreadsheet file, as a document and as charts: the same numbers, the same words."""

from collections.abc import Iterator
from datetime import datetime

from api.insights.schemas import Insights, Measure, Table
from api.insights.texts import TEXTS
from connectors.documents.charts import Bar, bars_svg
from connectors.documents.figures import Chart, FiguresPage, FiguresTable, figures_pdf
from connectors.documents.spreadsheet import csv_file

_UPRIGHT = frozenset({"week", "month", "hour"})
# The font that the document brings: it knows no other.
_DOCUMENT_FONT = "Libertinus Serif"


def csv_of(found: Insights) -> bytes:
    """One line for each number, with its section, table, name and the period before."""
    head = (TEXTS.get("columns.section"), TEXTS.get("columns.table"), TEXTS.get("columns.line"), *_heads())
    lines = [
        (TEXTS.get("columns.hub"), found.hub_label, found.period.label, "", ""),
        *((TEXTS.get("summary"), "", _named(one), _value(one.value), _value(one.previous)) for one in found.measures),
        *(line for table in found.tables for line in _lines(table)),
    ]
    return csv_file([head, *lines])


def pdf_of(found: Insights, now: datetime) -> bytes:
    """A document of one or more pages. Slow: call it in a thread."""
    page = FiguresPage(
        title=TEXTS.get("title"),
        author=TEXTS.get("author"),
        subtitle=TEXTS.get("subtitle", hub=found.hub_label, period=found.period.label),
        notes=found.notes,
        measures=[(one.title, _with_unit(one, one.value), _with_unit(one, one.previous)) for one in found.measures],
        measure_heads=[TEXTS.get("summary"), TEXTS.get("now"), TEXTS.get("columns.previous")],
        tables=[
            FiguresTable(
                section=TEXTS.get(f"sections.{table.section}.title"),
                title=table.title,
                help=table.help,
                heads=[table.column, *_heads()],
                rows=[(line[2], line[3], line[4]) for line in _lines(table)],
                chart=Chart(_chart_name(table), chart_of(table, _DOCUMENT_FONT)) if len(table.rows) > 1 else None,
            )
            for table in found.tables
        ],
    )
    return figures_pdf(page, now)


def chart_of(table: Table, font: str = "sans-serif") -> str:
    """The lines of a table as bars, in SVG, with a name that says what is drawn. Slow: call it in a thread."""
    bars = [Bar(row.label, row.count) for row in table.rows]
    upright = table.id in _UPRIGHT
    return bars_svg(_chart_name(table), bars, axis=TEXTS.get("columns.count"), upright=upright, font=font)


def _chart_name(table: Table) -> str:
    return TEXTS.get("chart", title=table.title, largest=max(table.rows, key=lambda row: row.count).label)


def _lines(table: Table) -> Iterator[tuple[str, str, str, str, str]]:
    place = TEXTS.get(f"sections.{table.section}.title"), table.title
    for row in table.rows:
        yield *place, row.label, str(row.count), _value(row.previous)
    if table.rest:
        yield *place, TEXTS.get("rest"), str(table.rest), ""
    if table.total is not None:
        yield *place, TEXTS.get("total"), str(table.total), ""


def _heads() -> tuple[str, str]:
    return TEXTS.get("columns.count"), TEXTS.get("columns.previous")


def _value(number: int | None) -> str:
    return TEXTS.get("unknown") if number is None else str(number)


def _named(measure: Measure) -> str:
    return TEXTS.get("in_minutes", title=measure.title) if measure.unit == "minutes" else measure.title


def _with_unit(measure: Measure, number: int | None) -> str:
    return _value(number) if number is None else TEXTS.get(f"units.{measure.unit}", n=number)
