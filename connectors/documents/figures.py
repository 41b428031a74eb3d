"""Figures as a PDF: tagged (PDF/UA-1), in French, each table with its headings."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("figures.typ")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in SVG, and what it is called."""

    name: str
    svg: str


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """A table as it is printed: its headings, and rows of as many texts; above them, its drawing if any."""

    section: str
    title: str
    help: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All that is printed."""

    title: str
    author: str
    subtitle: str
    notes: Sequence[str]
    measure_heads: Sequence[str]
    measures: Sequence[Sequence[str]]
    tables: Sequence[FiguresTable]


def figures_pdf(page: FiguresPage, now: datetime) -> bytes:
    """The file. Slow (a second): call it in a thread."""
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(asdict(page), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(now.timestamp()),
    )
