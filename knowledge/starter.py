"""The project's own records, in YAML: checked as a whole, then written where the official files have not given the
facts."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import Field, ValidationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from knowledge.errors import InvalidInput
from knowledge.importing import FILLED_IN, Report
from knowledge.importing.offers import write_offers
from knowledge.models import (
    CertificationRow,
    CommuneRow,
    HubRow,
    ImportRow,
    JobRow,
    JobTitleRow,
    NoticeRow,
    SkillRow,
)
from knowledge.records.written import Written, WrittenSource
from knowledge.sources.lheo import read_offers
from knowledge.sources.tables import rows

FOLDER = Path(__file__).parent / "starter"
_STARTER = "starter"
_BATCH = 500


class StarterInvalid(InvalidInput):
    """A starter record is not of the form expected; its parameters name the file, the record and what was expected."""

    code = "starter_invalid"


class _Certification(Written):
    code: str = Field(pattern=r"^(RNCP|RS)\d{1,6}$")
    title: str
    type: str
    level: int | None = Field(None, ge=1, le=8)
    rome: list[str] = Field(default_factory=list)
    acronyms: list[str] = Field(default_factory=list)
    summary: str
    keywords: list[str]
    certifier: str | None = None
    access: list[str] = Field(default_factory=list)
    active: bool = True
    source: WrittenSource


class _Job(Written):
    rome: str = Field(pattern=r"^[A-N]\d{4}$")
    label: str
    domain: str
    parent: str
    titles: list[str]
    colloquial: list[str] = Field(default_factory=list)


class _Skill(Written):
    id: str = Field(pattern=r"^[a-z0-9-]{2,80}$")
    label: str


class _Needs(Written):
    rome: str
    skills: list[str]
    near: list[str] = Field(default_factory=list)
    further: list[str] = Field(default_factory=list)
    riasec: str = Field("", pattern=r"^[RIASEC]{0,2}$")


class _Commune(Written):
    insee: str
    name: str
    postcodes: list[str]
    department: str
    region: str
    population: int
    latitude: float | None = None
    longitude: float | None = None


class _Hub(Written):
    id: str
    town: str
    insee: str
    source: WrittenSource | None = None


class _Notice(Written):
    id: str
    title: str
    text: str
    simple: str
    aliases: list[str]
    sources: list[WrittenSource] = Field(min_length=1)


R = TypeVar("R", bound=Written)


def load_starter(session: Session, now: datetime, folder: Path = FOLDER) -> bool:
    """Write the starter records when they changed since the last time; whether they did. Raises StarterInvalid."""
    content = _content_hash(folder)
    last = session.scalars(
        select(ImportRow.content_hash).where(ImportRow.source == _STARTER).order_by(ImportRow.id.desc()).limit(1)
    ).first()
    if last == content:
        return False
    certifications = _read_all(folder / "certifications", _Certification)
    _write_certifications(session, certifications)
    _write_skills(session, _read(folder / "skills" / "vocabulary.yml", _Skill))
    needs = {one.rome: one for file in sorted((folder / "skills").glob("[a-n]_*.yml")) for one in _read(file, _Needs)}
    _write_jobs(session, _read_all(folder / "jobs", _Job), needs)
    _write_communes(session, _read_communes(folder / "communes.csv"))
    _write_hubs(session, _read(folder / "hubs.yml", _Hub))
    _write_notices(session, _read_all(folder / "notices", _Notice))
    _write_offers(session, folder / "offers", now)
    session.add(
        ImportRow(
            source=_STARTER,
            content_hash=content,
            imported_at=now.replace(tzinfo=None),
            kept=len(certifications),
            changed=len(certifications),
            refused=0,
        )
    )
    return True


def _content_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".yml", ".xml", ".csv"}):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read_all(folder: Path, model: type[R]) -> list[R]:
    return [record for file in sorted(folder.glob("*.yml")) for record in _read(file, model)]


def _read(file: Path, model: type[R]) -> list[R]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as stream:
        content = yaml.load(stream, Loader=_LOADER)  # noqa: S506 - the C form of the safe loader
    records = content if isinstance(content, list) else [content]
    return [_validated(file, position, record, model) for position, record in enumerate(records, 1)]


def _validated(file: Path, position: int, record: object, model: type[R]) -> R:
    try:
        return model.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise StarterInvalid(file=file.name, record=position, where=where, expected=first["msg"]) from None


def _write_certifications(session: Session, records: Iterable[_Certification]) -> None:
    table = CertificationRow.__table__
    columns = (table.c.code, table.c.origin, *(table.c[name] for name in FILLED_IN))
    known = {row.code: row for row in session.execute(select(*columns))}
    new: list[dict[str, Any]] = []
    ours: list[dict[str, Any]] = []
    official: list[dict[str, Any]] = []
    for record in records:
        before = known.get(record.code)
        if before is None:
            new.append(_words(record) | _facts(record))
        elif before.origin == _STARTER:
            ours.append(_words(record) | _facts(record))
        else:
            silent = {name: getattr(before, name) or _facts(record)[name] for name in FILLED_IN}
            official.append(_words(record) | silent)
    gone = {code for code, row in known.items() if row.origin == _STARTER} - {row["code"] for row in ours}
    _remove(session, CertificationRow.code, gone)
    if new:
        session.execute(insert(CertificationRow), new)
    for changed in (ours, official):
        if changed:
            session.execute(update(CertificationRow), changed)


def _words(record: _Certification) -> dict[str, Any]:
    return {
        "code": record.code,
        "summary": record.summary,
        "keywords": record.keywords,
        "acronyms": record.acronyms,
    }


def _facts(record: _Certification) -> dict[str, Any]:
    return {
        "title": record.title,
        "kind": "rncp" if record.code.startswith("RNCP") else "rs",
        "type": record.type,
        "level": record.level,
        "active": record.active,
        "rome": record.rome,
        "replaced_by": [],
        "certifiers": [record.certifier] if record.certifier else [],
        "nsf": [],
        "formacodes": [],
        "access": record.access,
        "objectives": "",
        "ends_on": None,
        "source_title": record.source.title,
        "source_url": record.source.url,
        "checked_on": record.source.checked_on,
        "origin": _STARTER,
        "facts_hash": _STARTER,
    }


def _write_skills(session: Session, records: Iterable[_Skill]) -> None:
    session.execute(delete(SkillRow).where(SkillRow.origin == _STARTER))
    skills = [{"code": one.id, "label": one.label, "kind": "know_how", "origin": _STARTER} for one in records]
    if skills:
        session.execute(insert(SkillRow), skills)


def _write_jobs(session: Session, records: Sequence[_Job], needs: Mapping[str, _Needs]) -> None:
    """Jobs that no official file has given, and the colloquial titles of all."""
    ours = set(session.scalars(select(JobRow.rome).where(JobRow.origin == _STARTER)))
    official = set(session.scalars(select(JobRow.rome).where(JobRow.origin != _STARTER)))
    session.execute(delete(JobTitleRow).where(JobTitleRow.colloquial | JobTitleRow.rome.in_(ours)))
    _remove(session, JobRow.rome, ours)
    titles = {(rome, label) for rome, label in session.execute(select(JobTitleRow.rome, JobTitleRow.label))}
    jobs, names = [], []
    for record in records:
        if record.rome not in official:
            jobs.append(_job_row(record, needs.get(record.rome)))
        for labels, colloquial in ((record.titles, False), (record.colloquial, True)):
            for label in labels:
                if (record.rome, label) not in titles:
                    titles.add((record.rome, label))
                    names.append({"rome": record.rome, "label": label, "colloquial": colloquial})
    if jobs:
        session.execute(insert(JobRow), jobs)
    if names:
        session.execute(insert(JobTitleRow), names)


def _job_row(record: _Job, needs: _Needs | None) -> dict[str, Any]:
    return {
        **record.model_dump(include={"rome", "label", "domain", "parent"}),
        "origin": _STARTER,
        "key_skills": needs.skills if needs else [],
        "near": needs.near if needs else [],
        "further": needs.further if needs else [],
        "riasec": needs.riasec if needs else "",
    }


def _read_communes(file: Path) -> Iterator[_Commune]:
    if not file.is_file():
        return
    for line, row in rows(file, ";"):
        facts: dict[str, Any] = {**row, "postcodes": row["postcodes"].split()}
        facts |= {name: row[name] or None for name in ("latitude", "longitude")}
        yield _validated(file, line, facts, _Commune)


def _write_communes(session: Session, records: Iterable[_Commune]) -> None:
    """Where an official file gave a commune, its facts are as fresh as ours or fresher: they stay."""
    known = set(session.scalars(select(CommuneRow.insee)))
    new = [record.model_dump() for record in records if record.insee not in known]
    if new:
        session.execute(insert(CommuneRow), new)


def _write_offers(session: Session, folder: Path, now: datetime) -> None:
    """Our example offers, as any catalogue. Raises StarterInvalid."""
    for file in sorted(folder.glob("*.xml")):
        with file.open("rb") as stream:
            report = Report(f"{_STARTER}/{file.name}")
            write_offers(session, report, read_offers(stream, file.name, now.date()), None)
        for refusal in report.refusals:
            raise StarterInvalid(file=file.name, record=refusal.record, where=refusal.reason, expected=refusal.value)


def _write_hubs(session: Session, records: Iterable[_Hub]) -> None:
    """What the team of a hub filled in stays; what we know of it follows our file."""
    for record in records:
        hub = session.get(HubRow, record.id) or HubRow(id=record.id)
        hub.town, hub.insee = record.town, record.insee
        for column, value in _source_columns(record.source).items():
            setattr(hub, column, value)
        session.add(hub)


def _remove(session: Session, column: InstrumentedAttribute[str], codes: Iterable[str]) -> None:
    for start in range(0, len(found := sorted(codes)), _BATCH):
        session.execute(delete(column.class_).where(column.in_(found[start : start + _BATCH])))


def _source_columns(source: WrittenSource | None) -> dict[str, Any]:
    if source is None:
        return {}
    return {"source_title": source.title, "source_url": source.url, "checked_on": source.checked_on}


def _write_notices(session: Session, records: Iterable[_Notice]) -> None:
    session.execute(delete(NoticeRow))
    notices = [record.model_dump(mode="json") for record in records]
    if notices:
        session.execute(insert(NoticeRow), notices)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
