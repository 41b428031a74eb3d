"""Writing official pages and collective agreements."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from knowledge.importing.report import Progress, Report, digest
from knowledge.importing.tables import replace_changed
from knowledge.models import AgreementRow, PassageRow
from knowledge.records import Agreement, Passage
from knowledge.sources.refusals import Refusal


def write_passages(
    session: Session, report: Report, records: Iterable[Passage | Refusal], progress: Progress | None
) -> str:
    """Write what changed, and the hash of the whole. Nothing goes when nothing could be read."""
    passages = list(report.taken(records, progress))
    rows = [
        {
            "id": passage.id,
            "page": passage.page,
            "section": passage.section,
            "text": passage.text,
            "url": passage.source.url,
            "checked_on": passage.source.checked_on,
        }
        for passage in passages
    ]
    report.kept = len(rows)
    report.changed = replace_changed(session, PassageRow, "id", rows, whole=bool(rows))
    return digest(passages)


def write_agreements(
    session: Session, report: Report, records: Iterable[Agreement | Refusal], progress: Progress | None
) -> str:
    """Write what changed, and the hash of the whole. Nothing goes when nothing could be read."""
    agreements = list({one.id: one for one in report.taken(records, progress)}.values())
    rows = [
        {
            "id": one.id,
            "idcc": one.idcc,
            "title": one.title,
            "opco": one.opco,
            "source_title": one.source.title,
            "source_url": one.source.url,
            "checked_on": one.source.checked_on,
        }
        for one in agreements
    ]
    report.kept = len(rows)
    report.changed = replace_changed(session, AgreementRow, "id", rows, whole=bool(rows))
    return digest(agreements)
