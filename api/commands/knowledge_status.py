"""`hub knowledge status`: what the base holds, since when, and what should be renewed."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.migrate import upgrade
from api.settings import Settings
from knowledge.database import Base, sync_engine
from knowledge.models import (
    AgreementRow,
    CertificationRow,
    CommuneRow,
    ImportRow,
    JobRow,
    NoticeRow,
    OfferRow,
    PassageRow,
    SessionRow,
    SkillRow,
)
from knowledge.texts import Texts
from knowledge.update.download import receipt_of
from knowledge.update.sources import OfficialSource, official_sources

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "imports.yml")

AsJson = Annotated[bool, typer.Option("--json", help=TEXTS.get("options.json"))]
_TABLES: dict[str, type[Base]] = {
    "jobs": JobRow,
    "skills": SkillRow,
    "communes": CommuneRow,
    "offers": OfferRow,
    "passages": PassageRow,
    "agreements": AgreementRow,
    "notices": NoticeRow,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """One load. `origin` is the address it was fetched from, None when it was given by hand; `stale` is None where no
    age is set for it."""

    source: str
    at: str
    kept: int
    changed: int
    refused: int
    origin: str | None
    stale: bool | None


@dataclass(frozen=True, slots=True)
class Status:
    """Counts by name, the newest load of each source, and the official sources that were never fetched."""

    counts: dict[str, int]
    loads: list[Loaded]
    never: list[str]


def status(as_json: AsJson = False) -> None:
    """Print it."""
    settings = Settings()
    upgrade(settings.database)
    found = read_status(settings)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    console = Console()
    counts = Table(TEXTS.get("status.content"), TEXTS.get("status.count"))
    for name, count in found.counts.items():
        counts.add_row(TEXTS.get(f"status.{name}"), f"{count:,}".replace(",", "\u202f"))
    console.print(counts)
    if not found.loads:
        console.print(TEXTS.get("empty"))
        return
    columns = ("columns.source", "columns.kept", "columns.changed", "columns.refused", "columns.at", "status.freshness")
    table = Table(*(TEXTS.get(name) for name in columns))
    for one in found.loads:
        at = datetime.fromisoformat(one.at).strftime("%d/%m/%Y %H:%M")
        table.add_row(one.source, str(one.kept), str(one.changed), str(one.refused), at, _freshness(one))
    console.print(table)


def read_status(settings: Settings) -> Status:
    """What the base of the settings holds."""
    engine = sync_engine(settings.database)
    with Session(engine) as session:
        newest = {row.source: row for row in session.scalars(select(ImportRow).order_by(ImportRow.id))}
        found = Status(
            counts=_counts(session, settings),
            loads=[_loaded(row, settings) for row in newest.values()],
            never=[name for name, one in official_sources().items() if not _names(one) & newest.keys()],
        )
    engine.dispose()
    return found


def _counts(session: Session, settings: Settings) -> dict[str, int]:
    def count(table: type[Base], *conditions: object) -> int:
        return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]

    today = settings.clock.today()
    return {
        "active": count(CertificationRow, CertificationRow.active),
        "expired": count(CertificationRow, ~CertificationRow.active),
        **{name: count(table) for name, table in _TABLES.items()},
        "sessions": count(SessionRow, SessionRow.starts_on > today),
    }


def _loaded(row: ImportRow, settings: Settings) -> Loaded:
    official = _official(row.source)
    receipt = receipt_of(settings.data_dir / "downloads" / official.file) if official else None
    age = settings.clock.now().replace(tzinfo=None) - row.imported_at
    return Loaded(
        source=row.source,
        at=row.imported_at.isoformat(),
        kept=row.kept,
        changed=row.changed,
        refused=row.refused,
        origin=receipt.url if receipt else None,
        stale=age > timedelta(days=official.stale_days) if official else None,
    )


def _freshness(one: Loaded) -> str:
    if one.stale is None:
        return ""
    if not one.stale:
        return TEXTS.get("status.fresh")
    official = _official(one.source)
    return TEXTS.get("status.stale", days=official.stale_days) if official else ""


def _official(source: str) -> OfficialSource | None:
    return next((one for one in official_sources().values() if source in _names(one)), None)


def _names(source: OfficialSource) -> set[str]:
    """Under which its loads are kept: an archive may be loaded as the folder that it unfolds into."""
    return {source.file, Path(source.file).stem}
