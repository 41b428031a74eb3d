"""Writing certifications and their blocks."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.importing.bridging import Families, bridged, families
from knowledge.importing.report import Progress, Report, digest
from knowledge.models import BlockRow, CertificationRow
from knowledge.records import Certification
from knowledge.sources.refusals import Refusal

# Facts that official records often lack and the starter set may know.
FILLED_IN = ("rome", "access", "certifiers")

_BATCH = 1_000
_Known = dict[str, tuple[str, date]]


def write_certifications(
    session: Session, report: Report, records: Iterable[Certification | Refusal], progress: Progress | None
) -> str:
    """Write what changed, and the hash of the whole."""
    table = CertificationRow
    known: _Known = {
        code: (facts, day)
        for code, facts, day in session.execute(select(table.code, table.facts_hash, table.checked_on))
    }
    to_jobs = families(session)
    seen: set[str] = set()
    content = hashlib.sha256()
    batch: dict[str, Certification] = {}
    for record in report.taken(records, progress):
        if record.code in seen:
            report.refuse_duplicate(record.code)
            continue
        seen.add(record.code)
        content.update(_facts_hash(record).encode())
        batch[record.code] = record
        if len(batch) >= _BATCH:
            report.changed += _write(session, batch, known, to_jobs)
            batch = {}
    report.changed += _write(session, batch, known, to_jobs)
    report.kept = len(seen)
    return content.hexdigest()


def _write(session: Session, batch: dict[str, Certification], known: _Known, to_jobs: Families) -> int:
    hashes = {code: _facts_hash(record) for code, record in batch.items()}
    changed = {code: record for code, record in batch.items() if known.get(code, ("",))[0] != hashes[code]}
    _check_again(session, [record for code, record in batch.items() if code not in changed], known)
    rows = [_row(record, hashes[code], to_jobs) for code, record in changed.items()]
    new = [row for row in rows if row["code"] not in known]
    old = [row for row in rows if row["code"] in known]
    if new:
        session.execute(insert(CertificationRow), new)
    if old:
        _keep_ours(session, old)
        session.execute(update(CertificationRow), old)
        session.execute(delete(BlockRow).where(BlockRow.certification_code.in_([row["code"] for row in old])))
    _write_blocks(session, changed)
    known.update({code: (hashes[code], record.source.checked_on) for code, record in changed.items()})
    return len(changed)


def _check_again(session: Session, same: list[Certification], known: _Known) -> None:
    """A record that did not change was still checked on a new day."""
    days = [
        {"code": record.code, "checked_on": record.source.checked_on}
        for record in same
        if known[record.code][1] != record.source.checked_on
    ]
    if days:
        session.execute(update(CertificationRow), days)


def _write_blocks(session: Session, changed: dict[str, Certification]) -> None:
    blocks = [
        {"certification_code": code, "position": position, **asdict(block)}
        for code, record in changed.items()
        for position, block in enumerate(record.blocks)
    ]
    if blocks:
        session.execute(insert(BlockRow), blocks)


def _keep_ours(session: Session, rows: list[dict[str, Any]]) -> None:
    """Where the official record is silent, what the starter set knows stays."""
    codes = [row["code"] for row in rows]
    table = CertificationRow.__table__
    known = {row.code: row for row in session.execute(select(table).where(table.c.code.in_(codes)))}
    for row in rows:
        for column in FILLED_IN:
            row[column] = row[column] or getattr(known[row["code"]], column)


def _facts(record: Certification) -> dict[str, Any]:
    """The columns that come from the source, but for the day on which it was checked."""
    return {
        "title": record.title,
        "kind": record.kind,
        "type": record.type,
        "level": record.level,
        "active": record.active,
        "rome": list(record.rome),
        "replaced_by": list(record.replaced_by),
        "certifiers": list(record.certifiers),
        "nsf": list(record.nsf),
        "formacodes": list(record.formacodes),
        "access": sorted(record.access),
        "objectives": record.objectives,
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "activities": record.activities,
        "abilities": record.abilities,
        "sectors": record.sectors,
        "occupations": record.occupations,
        "partners": list(record.partners),
        "agreements": list(record.agreements),
        "source_title": record.source.title,
        "source_url": record.source.url,
    }


def _facts_hash(record: Certification) -> str:
    return digest((_facts(record), record.blocks))


def _row(record: Certification, facts_hash: str, to_jobs: Families) -> dict[str, Any]:
    return {
        **_facts(record),
        "code": record.code,
        "rome": list(bridged(record.rome, to_jobs)),
        "checked_on": record.source.checked_on,
        "origin": "official",
        "facts_hash": facts_hash,
    }
