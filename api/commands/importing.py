"""One run of imports: a transaction and a progress bar for each source."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.settings import Settings
from knowledge.clock import PARIS, Clock
from knowledge.database import sync_engine
from knowledge.importing import Loader, Report
from knowledge.sources.agreements import agreement_source, read_agreements
from knowledge.sources.lheo import read_offers
from knowledge.sources.opening import opened
from knowledge.sources.pages import read_passages
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp import read_certifications
from knowledge.sources.rncp_csv import is_csv_bundle, read_csv_certifications
from knowledge.sources.rome import read_interests, read_jobs, read_skills
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "imports.yml")

Tick = Callable[[], None]
T = TypeVar("T")


@dataclass(slots=True)
class ImportRun:
    """Loads sources one after the other; `reports` holds what became of each, with its seconds."""

    engine: Engine
    clock: Clock
    progress: Progress
    reports: list[tuple[Report, float]] = field(default_factory=list)

    def rome(self, folder: Path) -> None:
        """Jobs and all that they refer to."""
        self.load(
            folder.name,
            lambda loader, tick: loader.jobs(
                read_jobs(folder), tick, skills=read_skills(folder), interests=read_interests(folder)
            ),
        )

    def certifications(self, path: Path, published: date) -> None:
        """The RNCP or the RS, in XML or as a bundle of CSV files."""
        if is_csv_bundle(path):
            self.load(
                path.name,
                lambda loader, tick: loader.certifications(read_csv_certifications(path, published), tick),
            )
        else:
            read = partial(_read_xml, read_certifications, published)
            self.load_streams(path, lambda loader, found, tick: loader.certifications(found, tick), read)

    def offers(self, path: Path, published: date) -> None:
        """A catalogue of offers."""
        read = partial(_read_xml, read_offers, published)
        self.load_streams(path, lambda loader, found, tick: loader.offers(found, tick), read)

    def agreements(self, path: Path, published: date | None) -> None:
        """Collective agreements and their OPCO. A copied file is younger than what it says: its own date is no
        source."""
        source = agreement_source(path, published or date_in_name(path), self.clock.today())
        self.load(path.name, lambda loader, tick: loader.agreements(read_agreements(path, source), tick))

    def pages(self, path: Path) -> None:
        """Official pages."""
        self.load_streams(path, lambda loader, found, tick: loader.passages(found, tick), read_passages, ".json")

    def load_streams(
        self,
        path: Path,
        write: Callable[[Loader, Iterator[T | Refusal], Tick], Report],
        read: Callable[[BinaryIO, str], Iterator[T | Refusal]],
        suffix: str = ".xml",
    ) -> None:
        """Load one file that may be compressed, its members as one."""
        if path.is_dir():
            self.load(path.name, lambda loader, tick: write(loader, iter([Refusal(path.name, "1", "no_record")]), tick))
            return
        with opened(path, suffix) as streams:
            first = next(streams, None)
            if first is None:
                nothing = iter([Refusal(path.name, "1", "no_record")])
                self.load(path.name, lambda loader, tick: write(loader, nothing, tick))
                return
            found = (record for name, stream, _ in chain([first], streams) for record in read(stream, name))
            self.load(path.name, lambda loader, tick: write(loader, found, tick), first[2], path.stat().st_size)

    def load(
        self,
        name: str,
        work: Callable[[Loader, Tick], Report],
        file: BinaryIO | None = None,
        size: int | None = None,
    ) -> None:
        """Do `work` in a transaction. The bar shows how much of `file` was read."""
        task, begun = self.progress.add_task(name, total=size), time.monotonic()
        with Session(self.engine) as session, session.begin():
            report = work(Loader(session, name, self.clock.now()), partial(_advance, self.progress, task, file))
        self.progress.update(task, total=size or 1, completed=size or 1)
        self.reports.append((report, time.monotonic() - begun))


@contextmanager
def importing(settings: Settings, console: Console) -> Iterator[ImportRun]:
    """A run over the database of the settings."""
    engine = sync_engine(settings.database)
    with _bars(console) as progress:
        yield ImportRun(engine, settings.clock, progress)
    engine.dispose()


def published_on(file: Path) -> date:
    """The date in the file's name (2026-04-22), else that of the file."""
    return date_in_name(file) or datetime.fromtimestamp(file.stat().st_mtime, PARIS).date()


def date_in_name(file: Path) -> date | None:
    """The first date that the file's name holds."""
    for text in re.findall(r"[0-9]{4}[-_][0-9]{2}[-_][0-9]{2}", file.name):
        with suppress(ValueError):
            return date.fromisoformat(text.replace("_", "-"))
    return None


def refresh_with_progress(settings: Settings, console: Console) -> None:
    """Bring the index up to date."""
    from api.knowledge.opening import open_knowledge

    with _bars(console) as progress:
        task = progress.add_task(TEXTS.get("indexing"), total=None)
        open_knowledge(settings, lambda done, total: progress.update(task, completed=done, total=total))


def _read_xml(
    reader: Callable[[BinaryIO, str, date], Iterator[T | Refusal]], published: date, stream: BinaryIO, name: str
) -> Iterator[T | Refusal]:
    return reader(stream, name, published)


def _advance(progress: Progress, task: TaskID, file: BinaryIO | None) -> None:
    """Move the bar to how much of the file was read; what is not read as a stream only shows that it goes on."""
    if file:
        progress.update(task, completed=file.tell())


@contextmanager
def _bars(console: Console) -> Iterator[Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield progress
