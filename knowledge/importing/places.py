"""Writing communes."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy.orm import Session

from knowledge.importing.report import Progress, Report, digest
from knowledge.importing.tables import replace_changed
from knowledge.models import CommuneRow
from knowledge.records import Commune
from knowledge.sources.refusals import Refusal


def write_communes(
    session: Session, report: Report, records: Iterable[Commune | Refusal], progress: Progress | None
) -> str:
    """Write what changed, and the hash of the whole."""
    communes = list(report.taken(records, progress))
    rows = [{**asdict(commune), "postcodes": list(commune.postcodes)} for commune in communes]
    report.kept = len(rows)
    report.changed = replace_changed(session, CommuneRow, "insee", rows)
    return digest(communes)
