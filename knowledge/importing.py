"""Writing records: only what changed, one transaction a load, so that a failed one leaves the old data whole."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.models import BlockRow, CertificationRow, CommuneRow, ImportRow, JobRow, JobTitleRow
from knowledge.records import Certification, Commune, Job
from knowledge.sources.refusals import Refusal

_BATCH = 1_000
# Facts that official records often lack and the starter set may know.
FILLED_IN = ("rome", "access", "certifiers")

Progress = Callable[[], None]
T = TypeVar("T")


@dataclass(slots=True)
class Report:
    """What became of one load."""

    source: str
    kept: int = 0
    changed: int = 0
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loader:
    """Writes the records of one source. `source` names it in the table of imports."""

    session: Session
    source: str
    now: datetime

    def certifications(self, records: Iterable[Certification | Refusal], progress: Progress | None = None) -> Report:
        """Load certifications: official facts replace older facts, our own words stay. The first of two same codes
        is kept."""
        report = Report(self.source)
        known = dict(self.session.execute(select(CertificationRow.code, CertificationRow.facts_hash)).all())
        families = _families(self.session)
        seen: set[str] = set()
        content = hashlib.sha256()
        batch: dict[str, Certification] = {}
        for record in self._kept(records, report, progress):
            if record.code in seen:
                report.refusals.append(Refusal(self.source, record.code, "duplicate"))
                continue
            seen.add(record.code)
            bridged = replace(record, rome=_bridge(record.rome, families))
            content.update(_facts_hash(bridged).encode())
            batch[record.code] = bridged
            if len(batch) >= _BATCH:
                report.changed += self._write_certifications(batch, known)
                batch = {}
        report.changed += self._write_certifications(batch, known)
        report.kept = len(seen)
        return self._close(report, content.hexdigest())

    def jobs(self, records: Iterable[Job | Refusal], progress: Progress | None = None) -> Report:
        """Load jobs and their titles. Colloquial titles, which are our own, stay."""
        report, content = Report(self.source), hashlib.sha256()
        jobs = {job.rome: job for job in self._kept(records, report, progress)}
        report.kept = len(jobs)
        before = {row.rome: (row.label, row.parent) for row in self.session.execute(select(JobRow.__table__))}
        official, ours = self._titles(colloquial=False), self._titles(colloquial=True)
        for job in jobs.values():
            labels = {title.label for title in job.titles}
            content.update(repr((job.rome, job.label, job.parent, sorted(labels))).encode())
            labels -= ours[job.rome]
            if before.get(job.rome) != (job.label, job.parent) or official[job.rome] != labels:
                report.changed += 1
                self._write_job(job, labels, labels - official[job.rome], exists=job.rome in before)
        return self._close(report, content.hexdigest())

    def communes(self, records: Iterable[Commune | Refusal], progress: Progress | None = None) -> Report:
        """Load communes, all of their columns."""
        report, content = Report(self.source), hashlib.sha256()
        before = {row.insee: tuple(row) for row in self.session.execute(select(CommuneRow.__table__))}
        rows = []
        for commune in self._kept(records, report, progress):
            report.kept += 1
            row = _commune_row(commune)
            content.update(repr(row).encode())
            if before.get(commune.insee) != tuple(row.values()):
                rows.append(row)
        self._replace(CommuneRow, "insee", rows)
        report.changed = len(rows)
        return self._close(report, content.hexdigest())

    def _kept(self, records: Iterable[T | Refusal], report: Report, progress: Progress | None) -> Iterable[T]:
        for record in records:
            if progress:
                progress()
            if isinstance(record, Refusal):
                report.refusals.append(record)
            else:
                yield record

    def _write_certifications(self, batch: dict[str, Certification], known: dict[str, str]) -> int:
        changed = {code: record for code, record in batch.items() if known.get(code) != _facts_hash(record)}
        if not changed:
            return 0
        new = [_certification_row(record) for code, record in changed.items() if code not in known]
        old = [_certification_row(record) for code, record in changed.items() if code in known]
        if new:
            self.session.execute(insert(CertificationRow), new)
        if old:
            self._keep_ours(old)
            self.session.execute(update(CertificationRow), old)
            self.session.execute(delete(BlockRow).where(BlockRow.certification_code.in_([row["code"] for row in old])))
        blocks = [
            {"certification_code": code, "position": position, "code": block.code, "label": block.label}
            for code, record in changed.items()
            for position, block in enumerate(record.blocks)
        ]
        if blocks:
            self.session.execute(insert(BlockRow), blocks)
        known.update({code: _facts_hash(record) for code, record in changed.items()})
        return len(changed)

    def _keep_ours(self, rows: list[dict[str, Any]]) -> None:
        """Where the official record is silent, what the starter set knows stays."""
        codes = [row["code"] for row in rows]
        table = CertificationRow.__table__
        known = {row.code: row for row in self.session.execute(select(table).where(table.c.code.in_(codes)))}
        for row in rows:
            for column in FILLED_IN:
                row[column] = row[column] or getattr(known[row["code"]], column)

    def _titles(self, *, colloquial: bool) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        statement = select(JobTitleRow.rome, JobTitleRow.label).where(JobTitleRow.colloquial.is_(colloquial))
        for rome, label in self.session.execute(statement):
            found[rome].add(label)
        return found

    def _write_job(self, job: Job, labels: set[str], new_labels: set[str], *, exists: bool) -> None:
        row = {"rome": job.rome, "label": job.label, "domain": job.domain, "parent": job.parent, "origin": "official"}
        self.session.execute(update(JobRow) if exists else insert(JobRow), [row])
        stale = delete(JobTitleRow).where(JobTitleRow.rome == job.rome, JobTitleRow.colloquial.is_(False))
        self.session.execute(stale.where(JobTitleRow.label.not_in(labels)))
        rows = [{"rome": job.rome, "label": label, "colloquial": False} for label in sorted(new_labels)]
        if rows:
            self.session.execute(insert(JobTitleRow), rows)

    def _replace(self, table: type[Any], key: str, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            self.session.execute(delete(table).where(getattr(table, key).in_([row[key] for row in part])))
            self.session.execute(insert(table), part)

    def _close(self, report: Report, content: str) -> Report:
        self.session.add(
            ImportRow(
                source=self.source,
                content_hash=content,
                imported_at=self.now.replace(tzinfo=None),
                kept=report.kept,
                changed=report.changed,
                refused=len(report.refusals),
            )
        )
        return report


def _families(session: Session) -> dict[str, tuple[str, ...]]:
    """The ROME 4.0 codes that each code, old or new, stands for."""
    found: dict[str, set[str]] = {}
    for rome, parent in session.execute(select(JobRow.rome, JobRow.parent)):
        found.setdefault(rome, set()).add(rome)
        found.setdefault(parent, set()).add(rome)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def _bridge(codes: tuple[str, ...], families: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Codes of a record as ROME 4.0 codes: those that still are first, then the jobs they became. As given, where no
    job is known by them."""
    still = [code for code in codes if code in families.get(code, ())]
    became = [code for given in codes for code in families.get(given, ())]
    return tuple(dict.fromkeys([*still, *became])) or codes


def _facts_hash(record: Certification) -> str:
    facts = (
        record.title,
        record.type,
        record.level,
        record.active,
        record.rome,
        record.replaced_by,
        record.certifiers,
        record.nsf,
        record.formacodes,
        sorted(record.access),
        record.objectives,
        record.ends_on,
        record.source,
        record.blocks,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _certification_row(record: Certification) -> dict[str, Any]:
    return {
        "code": record.code,
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
        "ends_on": record.ends_on,
        "source_title": record.source.title,
        "source_url": record.source.url,
        "checked_on": record.source.checked_on,
        "origin": "official",
        "facts_hash": _facts_hash(record),
    }


def _commune_row(commune: Commune) -> dict[str, Any]:
    return {
        "insee": commune.insee,
        "name": commune.name,
        "postcodes": list(commune.postcodes),
        "department": commune.department,
        "region": commune.region,
        "population": commune.population,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
    }
