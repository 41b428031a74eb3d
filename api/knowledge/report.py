"""Answers and scores as tables for the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.knowledge.schemas import CertificationAnswer
from knowledge.search.evaluation import MEASURES, Means, Report
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent.parent / "texts" / "search.yml")


def print_answer(answer: CertificationAnswer, console: Console) -> None:
    """One answer: a line for each certification, with the reasons below it."""
    console.print(Text(answer.query, style="bold"))
    if not answer.results:
        console.print(Text(TEXTS.get("nothing")))
    elif not answer.confident:
        console.print(Text(TEXTS.get("unsure")))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for item in answer.results:
        level = TEXTS.get("level", level=item.level) if item.level else ""
        table.add_row(
            item.code, Text(f"{item.title}\n{' '.join(item.why)}"), Text(item.type), level, f"{item.score:.3f}"
        )
    console.print(table)


def print_report(report: Report, latencies_ms: Sequence[float], console: Console) -> None:
    """The table of an evaluation: one row a slice, then all, then the interval of the mean."""
    table = Table("slice", "n", *MEASURES, "not conf.", box=None, padding=(0, 2, 0, 0))
    for name, means in report.slices.items():
        table.add_row(*_row(name, means))
    table.add_row(*_row("all", report.overall))
    intervals = (f"{low:.2f}-{high:.2f}" for low, high in report.intervals.values())
    table.add_row("95 %", "", *intervals, "")
    console.print(table)
    none = report.unanswerable
    console.print(TEXTS.get("not_confident_none", share=f"{none.share:.1%}", n=none.number), highlight=False)
    for what, share in report.understood.items():
        console.print(TEXTS.get("understood", what=what, share=f"{share.share:.1%}", n=share.number), highlight=False)
    ordered = sorted(latencies_ms)
    if ordered:
        p50, p95 = (f"{ordered[int(share * (len(ordered) - 1))]:.0f}" for share in (0.5, 0.95))
        console.print(TEXTS.get("latency", p50=p50, p95=p95), highlight=False)


def _row(name: str, means: Means) -> list[str]:
    values = (f"{means.values[measure]:.3f}" for measure in MEASURES)
    return [name, str(means.number), *values, f"{means.not_confident:.1%}"]
