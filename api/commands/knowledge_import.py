"""`hub knowledge import` and `hub knowledge status`."""

import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from os import fstat
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.migrate import upgrade
from api.settings import Settings
from knowledge.clock import PARIS
from knowledge.database import sync_engine
from knowledge.importing import Loader, Report
from knowledge.models import ImportRow
from knowledge.sources.communes import read_communes
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp import read_certifications
from knowledge.sources.rome import read_interests, read_jobs, read_skills
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "imports.yml")
_REFUSALS_SHOWN = 20

Files = Annotated[list[Path] | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.rncp"))]
Folder = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help=TEXTS.get("options.rome"))]
File = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=TEXTS.get("options.communes"))]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=TEXTS.get("options.checked_on"))]


def import_(rncp: Files = None, rome: Folder = None, communes: File = None, checked_on: Day = None) -> None:
    """Load official files, each in a transaction of its own, then bring the index up to date.

    Exit status 1 when nothing could be taken of one of them."""
    if not (rncp or rome or communes):
        typer.echo(TEXTS.get("nothing"), err=True)
        raise typer.Exit(2)
    settings, console, started = Settings(), Console(), time.monotonic()
    upgrade(settings.database)
    engine = sync_engine(settings.database)
    reports: list[tuple[Report, float]] = []
    with _progress(console) as progress:

        def load(
            name: str, work: Callable[[Loader, Callable[[], None]], Report], stream: BinaryIO | None = None
        ) -> None:
            size = fstat(stream.fileno()).st_size if stream else None
            task, begun = progress.add_task(name, total=size), time.monotonic()
            with Session(engine) as session, session.begin():
                tick = partial(_advance, progress, task, stream)
                report = work(Loader(session, name, settings.clock.now()), tick)
            progress.update(task, total=size or 1, completed=size or 1)
            reports.append((report, time.monotonic() - begun))

        # Jobs first: the older ROME codes of certifications are bridged to them.
        if rome:
            load(
                rome.name,
                lambda loader, tick: loader.jobs(
                    read_jobs(rome), tick, skills=read_skills(rome), interests=read_interests(rome)
                ),
            )
        for file in rncp or ():
            published = checked_on.date() if checked_on else _published_on(file)
            with file.open("rb") as stream:
                load(file.name, _certifications(stream, file.name, published), stream)
        if communes:
            load(communes.name, lambda loader, tick: loader.communes(read_communes(communes), tick))
    engine.dispose()
    _index(settings, console)
    _tell(console, settings, reports, time.monotonic() - started)
    if any(not report.kept for report, _ in reports):
        raise typer.Exit(1)


def status() -> None:
    """What was loaded, and when."""
    settings = Settings()
    upgrade(settings.database)
    engine = sync_engine(settings.database)
    table = Table(*(TEXTS.get(f"columns.{name}") for name in ("source", "kept", "changed", "refused", "at")))
    with Session(engine) as session:
        newest = {row.source: row for row in session.scalars(select(ImportRow).order_by(ImportRow.id))}
        for row in newest.values():
            figures = (str(row.kept), str(row.changed), str(row.refused))
            table.add_row(row.source, *figures, row.imported_at.strftime("%d/%m/%Y %H:%M"))
    Console().print(table if newest else TEXTS.get("empty"))


def _advance(progress: Progress, task: TaskID, stream: BinaryIO | None) -> None:
    """Move the bar to how much of the file was read; what is not read as a stream only shows that it goes on."""
    if stream:
        progress.update(task, completed=stream.tell())


def _published_on(file: Path) -> date:
    """The date in the file's name (2026-04-22), else that of the file."""
    for text in re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", file.name):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return datetime.fromtimestamp(file.stat().st_mtime, PARIS).date()


def _certifications(stream: BinaryIO, name: str, published: date) -> Callable[[Loader, Callable[[], None]], Report]:
    return lambda loader, tick: loader.certifications(read_certifications(stream, name, published), tick)


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield progress


def _index(settings: Settings, console: Console) -> None:
    from api.knowledge.opening import open_knowledge

    with _progress(console) as progress:
        task = progress.add_task(TEXTS.get("indexing"), total=None)
        open_knowledge(settings, lambda done, total: progress.update(task, completed=done, total=total))


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
