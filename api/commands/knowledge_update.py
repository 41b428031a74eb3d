"""`hub knowledge update`: fetch the official files from where they are published, then load what changed."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from api.commands.importing import ImportRun, importing, published_on, refresh_with_progress
from api.migrate import upgrade
from api.settings import Settings
from knowledge.errors import HubError
from knowledge.sources.communes import read_communes
from knowledge.sources.opening import BROKEN, ArchiveUnreadable
from knowledge.texts import Texts
from knowledge.update.datasets import address_of
from knowledge.update.download import download
from knowledge.update.errors import UnknownSource
from knowledge.update.sources import official_sources

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "imports.yml")
ERRORS = Texts.load(Path(__file__).parents[1] / "texts" / "errors.yml")

Names = Annotated[list[str] | None, typer.Argument(help=TEXTS.get("options.sources"))]
Load = Callable[[ImportRun, Path, date], None]

_SECONDS = httpx.Timeout(30.0, connect=10.0)
_WHO = {"User-Agent": "hub-des-competences"}
_LARGEST_MEMBER = 500_000_000


def update(sources: Names = None) -> None:
    """Each source by itself: one that fails leaves the others, and what was there. Exit status 1 when one failed."""
    settings, console = Settings(), Console()
    names = sources or list(official_sources())
    for name in names:
        if name not in official_sources():
            raise UnknownSource(source=name, known=", ".join(official_sources()))
    upgrade(settings.database)
    failed, changed = [], []
    for name in names:
        try:
            new = _fetch(name, settings, console)
        except HubError as error:
            typer.echo(ERRORS.get(error.code, **error.params), err=True)
            failed.append(name)
            continue
        console.print(TEXTS.get("update.new" if new else "update.same", source=name))
        changed += [name] if new else []
    # Jobs first: the older codes of certifications are bridged to them.
    with importing(settings, console) as run:
        for name in sorted(changed, key=lambda name: name != "rome"):
            file = _file(name, settings)
            _LOADS[name](run, file, published_on(file))
    for report, _ in run.reports:
        console.print(TEXTS.get("update.loaded", source=report.source, kept=report.kept, changed=report.changed))
    if changed:
        refresh_with_progress(settings, console)
    if failed:
        raise typer.Exit(1)


def _fetch(name: str, settings: Settings, console: Console) -> bool:
    """Whether the file on disk is a new one. Raises HubError."""
    source = official_sources()[name]
    with (
        httpx.Client(timeout=_SECONDS, follow_redirects=True, headers={"User-Agent": "hub-des-competences"}) as client,
        Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console
        ) as bar,
    ):
        task = bar.add_task(name, total=None)
        address = address_of(client, name, source, settings.datasets_url)
        file, now = _file(name, settings), settings.clock.now()
        return download(
            client, name, address, file, now, lambda done, total: bar.update(task, completed=done, total=total)
        )


def _file(name: str, settings: Settings) -> Path:
    return settings.data_dir / "downloads" / official_sources()[name].file


def _rome(run: ImportRun, file: Path, _published: date) -> None:
    """The CSV files of the archive, in a folder of their own."""
    folder = file.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                name = Path(member.filename).name
                if name.endswith(".csv") and member.file_size <= _LARGEST_MEMBER:
                    (folder / name).write_bytes(archive.read(member))
    except BROKEN:
        raise ArchiveUnreadable(file=file.name) from None
    run.rome(folder)


def _communes(run: ImportRun, file: Path, _published: date) -> None:
    run.load(file.name, lambda loader, tick: loader.communes(read_communes(file), tick))


_LOADS: dict[str, Load] = {
    "rome": _rome,
    "rncp": ImportRun.certifications,
    "rs": ImportRun.certifications,
    "communes": _communes,
    "pages": lambda run, file, _published: run.pages(file),
}
