"""Figures as the steering page, the files and the API give them."""

from datetime import date

from pydantic import BaseModel

from api.insights.period import By


class Measure(BaseModel):
    """One number. `value` is None when there is too little to say; `unit` is `conversations` or `minutes`."""

    id: str
    title: str
    unit: str
    value: int | None
    previous: int | None


class Row(BaseModel):
    """One line. `previous` is None when it was not there or was too small to be shown."""

    code: str
    label: str
    count: int
    previous: int | None


class Table(BaseModel):
    """Conversations by code, the largest first. `rest` are those of lines too small to be shown alone; `total` is
    None where a conversation may be on several lines, and where it is too small."""

    id: str
    section: str
    title: str
    help: str
    column: str
    rows: list[Row]
    rest: int
    total: int | None


class Section(BaseModel):
    """A group of tables, in the order of the page."""

    id: str
    title: str
    help: str


class Span(BaseModel):
    """Whole weeks, months, quarters or years: first and last day, and what they are called."""

    start: date
    end: date
    by: By
    label: str


class Insights(BaseModel):
    """All the figures of a hub, or of all hubs of the reader, over a period and the one before. Nothing is about
    fewer than `threshold` conversations. `notes` say how to read them."""

    hub: str | None
    hub_label: str
    period: Span
    previous: Span
    threshold: int
    is_empty: bool
    notes: list[str]
    measures: list[Measure]
    sections: list[Section]
    tables: list[Table]
    comments: list[str]
