"""`hub knowledge import`."""

import resource
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.commands.importing import importing, published_on, refresh_with_progress
from api.migrate import upgrade
from api.settings import Settings
from knowledge.importing import Report
from knowledge.sources.communes import read_communes
from knowledge.sources.refusals import Refusal
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "imports.yml")
_REFUSALS_SHOWN = 20

Files = Annotated[list[Path] | None, typer.Option(exists=True, help=TEXTS.get("options.rncp"))]
Folder = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help=TEXTS.get("options.rome"))]
Catalogues = Annotated[list[Path] | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.lheo"))]
Communes = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.communes"))]
Agreements = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.idcc"))]
Pages = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.pages"))]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=TEXTS.get("options.checked_on"))]


def import_(
    rncp: Files = None,
    rome: Folder = None,
    lheo: Catalogues = None,
    communes: Communes = None,
    idcc: Agreements = None,
    pages: Pages = None,
    checked_on: Day = None,
) -> None:
    """Load official files, each in a transaction of its own, then bring the index up to date.

    Exit status 1 when nothing could be taken of one of them."""
    if not (rncp or rome or lheo or communes or idcc or pages):
        typer.echo(TEXTS.get("nothing"), err=True)
        raise typer.Exit(2)
    settings, console, started = Settings(), Console(), time.monotonic()
    published = checked_on.date() if checked_on else None
    upgrade(settings.database)
    with importing(settings, console) as run:
        # Jobs first: the older ROME codes of certifications are bridged to them.
        if rome:
            run.rome(rome)
        for path in rncp or ():
            run.certifications(path, published or published_on(path))
        for path in lheo or ():
            run.offers(path, published or published_on(path))
        if communes:
            run.load(communes.name, lambda loader, tick: loader.communes(read_communes(communes), tick))
        if idcc:
            run.agreements(idcc, published)
        if pages:
            run.pages(pages)
    refresh_with_progress(settings, console)
    _tell(console, settings, run.reports, time.monotonic() - started)
    if any(not report.kept for report, _ in run.reports):
        raise typer.Exit(1)


def _tell(console: Console, settings: Settings, reports: list[tuple[Report, float]], seconds: float) -> None:
    table = Table(*(TEXTS.get(f"columns.{name}") for name in ("source", "kept", "changed", "refused", "seconds")))
    for report, took in reports:
        table.add_row(report.source, str(report.kept), str(report.changed), str(len(report.refusals)), f"{took:.1f}")
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(TEXTS.get("total", seconds=f"{seconds:.0f}", megabytes=peak))
    refusals = [refusal for report, _ in reports for refusal in report.refusals]
    if not refusals:
        return
    for refusal in refusals[:_REFUSALS_SHOWN]:
        console.print(_sentence(refusal), markup=False)
    written = settings.data_dir / "import-refusals.txt"
    written.write_text("\n".join(map(_sentence, refusals)) + "\n", encoding="utf-8")
    console.print(TEXTS.get("refused", count=len(refusals), file=written))


def _sentence(refusal: Refusal) -> str:
    reason = TEXTS.get(f"reasons.{refusal.reason}", value=refusal.value)
    return TEXTS.get("refusal", file=refusal.file, record=refusal.record, reason=reason)
