"""Writing jobs, their titles, and the skills and interests that they refer to."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.importing.bridging import bridge_all
from knowledge.importing.report import Progress, Report
from knowledge.importing.tables import replace_changed
from knowledge.models import InterestRow, JobRow, JobTitleRow, SkillRow
from knowledge.records import Interest, Job, Skill
from knowledge.sources.refusals import Refusal


def write_jobs(
    session: Session,
    report: Report,
    records: Iterable[Job | Refusal],
    skills: Iterable[Skill | Refusal],
    interests: Iterable[Interest | Refusal],
    progress: Progress | None,
) -> str:
    """Write what changed, and the hash of the whole."""
    content = hashlib.sha256()
    jobs = {job.rome: job for job in report.taken(records, progress)}
    report.kept = len(jobs)
    before = {row.rome: row for row in session.execute(select(JobRow.__table__))}
    official, ours = _titles(session, colloquial=False), _titles(session, colloquial=True)
    for job in jobs.values():
        row, labels = _row(job), {title.label for title in job.titles} - ours[job.rome]
        content.update(repr((row, sorted(labels))).encode())
        if not _same(before.get(job.rome), row) or official[job.rome] != labels:
            report.changed += 1
            _write(session, row, labels, labels - official[job.rome], exists=job.rome in before)
    report.changed += _write_skills(session, report.taken(skills, progress), content)
    report.changed += replace_changed(
        session, InterestRow, "code", [asdict(one) for one in report.taken(interests, progress)]
    )
    report.changed += bridge_all(session)
    return content.hexdigest()


def _write(session: Session, row: dict[str, Any], labels: set[str], new_labels: set[str], *, exists: bool) -> None:
    session.execute(update(JobRow) if exists else insert(JobRow), [row])
    stale = delete(JobTitleRow).where(JobTitleRow.rome == row["rome"], JobTitleRow.colloquial.is_(False))
    session.execute(stale.where(JobTitleRow.label.not_in(labels)))
    if new_labels:
        session.execute(
            insert(JobTitleRow),
            [{"rome": row["rome"], "label": label, "colloquial": False} for label in sorted(new_labels)],
        )


def _write_skills(session: Session, skills: Iterable[Skill], content: Any) -> int:
    """Skills of the ROME; our own wordings, which the starter set manages, stay."""
    rows = [{**asdict(skill), "origin": "official"} for skill in skills]
    content.update(repr(rows).encode())
    return replace_changed(session, SkillRow, "code", rows)


def _titles(session: Session, *, colloquial: bool) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    statement = select(JobTitleRow.rome, JobTitleRow.label).where(JobTitleRow.colloquial.is_(colloquial))
    for rome, label in session.execute(statement):
        found[rome].add(label)
    return found


def _row(job: Job) -> dict[str, Any]:
    return {
        "rome": job.rome,
        "label": job.label,
        "domain": job.domain,
        "parent": job.parent,
        "origin": "official",
        "definition": job.definition,
        "key_skills": list(job.key_skills),
        "other_skills": list(job.other_skills),
        "near": list(job.near),
        "further": list(job.further),
        "riasec": job.riasec,
        "interests": list(job.interests),
        "sectors": list(job.sectors),
    }


def _same(before: Row[Any] | None, row: Mapping[str, Any]) -> bool:
    return before is not None and all(getattr(before, column) == value for column, value in row.items())
