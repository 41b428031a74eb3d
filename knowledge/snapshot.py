"""Reading all records from the database, the official ones laid over the starter ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern
from typing import Any, cast

from sqlalchemy import Connection, Engine, Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from knowledge import models as m
from knowledge.bridge import jobs_by_parent, to_rome_4
from knowledge.merging import merge_certifications, merge_communes, merge_jobs
from knowledge.records import (
    AccessRoute,
    Block,
    Certification,
    CertificationKind,
    Commune,
    Hub,
    Job,
    JobTitle,
    Notice,
    Source,
)

_Key = tuple[str, str]
_Lists = Mapping[_Key, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the database holds, as records by code. `fingerprint` is a hash of the content of all of them."""

    certifications: Mapping[str, Certification]
    jobs: Mapping[str, Job]
    communes: Mapping[str, Commune]
    hubs: Mapping[str, Hub]
    notices: Mapping[str, Notice]
    fingerprint: str


def read_snapshot(engine: Engine) -> Snapshot:
    """Read everything, in one transaction."""
    with engine.connect() as connection:
        jobs = _jobs(connection)
        return Snapshot(
            certifications=_certifications(connection, jobs),
            jobs=jobs,
            communes=_communes(connection),
            hubs=_hubs(connection),
            notices=_notices(connection),
            fingerprint=_fingerprint(connection),
        )


def _certifications(connection: Connection, jobs: Mapping[str, Job]) -> Mapping[str, Certification]:
    blocks = _children(connection, m.BlockRow, m.BlockRow.code, m.BlockRow.label)
    rome = _children(connection, m.CertificationRomeRow, m.CertificationRomeRow.rome)
    links = _children(
        connection, m.CertificationLinkRow, m.CertificationLinkRow.relation, m.CertificationLinkRow.other_code
    )
    successors = _successors(links)
    bridge = jobs_by_parent(jobs.values())
    layers: dict[str, dict[str, Certification]] = {"starter": {}, "official": {}}
    for row in connection.execute(_certification_columns()):
        codes = tuple(value for (value,) in rome.get((row.origin, row.code), ()))
        layers[row.origin][row.code] = _certification(
            row,
            rome=to_rome_4(codes, bridge) if row.origin == "official" else codes,
            replaced_by=tuple(successors.get(row.code, ())),
            blocks=tuple(Block(code, label) for code, label in blocks.get((row.origin, row.code), ())),
        )
    return _laid_over(layers, merge_certifications)


def _certification_columns() -> Select[Any]:
    left_out = {"content_hash", "activities", "abilities", "sectors", "job_types"}
    table = m.CertificationRow.__table__
    return select(*(column for column in table.columns if column.name not in left_out)).order_by(table.c.code)


def _certification(row: Row[Any], **links: Any) -> Certification:
    return Certification(
        code=row.code,
        title=row.title,
        kind=cast(CertificationKind, intern(row.kind)),
        type=intern(row.type),
        level=row.level,
        active=row.active,
        source=Source(row.source_title, row.source_url, row.checked_on),
        acronyms=tuple(row.acronyms),
        summary=row.summary,
        keywords=tuple(row.keywords),
        certifiers=tuple(map(intern, row.certifiers)),
        nsf=tuple(map(intern, row.nsf)),
        formacodes=tuple(map(intern, row.formacodes)),
        access=frozenset(cast(AccessRoute, intern(route)) for route in row.access),
        objectives=row.objectives,
        ends_on=row.ends_on,
        **links,
    )


def _successors(links: _Lists) -> Mapping[str, Mapping[str, None]]:
    """Direct successors of each code, in order: what it says of itself, and what others say that they replace."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for (_origin, code), others in links.items():
        for relation, other in others:
            old, new = (code, other) if relation == "replaced_by" else (other, code)
            if old != new:
                found[old][new] = None
    return found


def _jobs(connection: Connection) -> Mapping[str, Job]:
    titles = _children(connection, m.JobTitleRow, m.JobTitleRow.label, m.JobTitleRow.colloquial, parent="rome")
    layers: dict[str, dict[str, Job]] = {"starter": {}, "official": {}}
    for row in connection.execute(select(m.JobRow.__table__).order_by(m.JobRow.rome)):
        names = tuple(JobTitle(label, row.rome, plain) for label, plain in titles.get((row.origin, row.rome), ()))
        layers[row.origin][row.rome] = Job(row.rome, row.label, row.domain, row.parent, names)
    return _laid_over(layers, merge_jobs)


def _communes(connection: Connection) -> Mapping[str, Commune]:
    layers: dict[str, dict[str, Commune]] = {"starter": {}, "official": {}}
    for row in connection.execute(select(m.CommuneRow.__table__).order_by(m.CommuneRow.insee)):
        layers[row.origin][row.insee] = Commune(
            insee=row.insee,
            name=row.name,
            postcodes=tuple(row.postcodes),
            department=intern(row.department),
            region=intern(row.region),
            population=row.population,
            latitude=row.latitude,
            longitude=row.longitude,
        )
    return _laid_over(layers, merge_communes)


def _hubs(connection: Connection) -> Mapping[str, Hub]:
    hubs: dict[str, Hub] = {}
    for row in connection.execute(select(m.HubRow.__table__).order_by(m.HubRow.id)):
        source = Source(row.source_title, row.source_url, row.checked_on) if row.source_url else None
        hubs[row.id] = Hub(row.id, row.town, row.insee, row.address, row.opening_hours, row.phone, row.email, source)
    return hubs


def _notices(connection: Connection) -> Mapping[str, Notice]:
    s = m.NoticeSourceRow
    sources = _children(connection, s, s.title, s.url, s.checked_on, parent="notice_id")
    return {
        row.id: Notice(
            id=row.id,
            title=row.title,
            text=row.text,
            simple=row.simple,
            aliases=tuple(row.aliases),
            sources=tuple(Source(*values) for values in sources.get((row.origin, row.id), ())),
        )
        for row in connection.execute(select(m.NoticeRow.__table__).order_by(m.NoticeRow.id))
    }


def _children(
    connection: Connection, model: type[Any], *columns: InstrumentedAttribute[Any], parent: str = "certification_code"
) -> _Lists:
    """The chosen columns of child rows, in order, by origin and code of their parent."""
    key = getattr(model, parent)
    lists: defaultdict[_Key, list[tuple[Any, ...]]] = defaultdict(list)
    for origin, code, *values in connection.execute(select(model.origin, key, *columns).order_by(key, model.position)):
        lists[origin, code].append(tuple(values))
    return {key: tuple(values) for key, values in lists.items()}


def _laid_over(layers: Mapping[str, dict[str, Any]], merge: Any) -> dict[str, Any]:
    starter, official = layers["starter"], layers["official"]
    both = {code: merge(starter[code], record) for code, record in official.items() if code in starter}
    return {**starter, **official, **both}


def _fingerprint(connection: Connection) -> str:
    digest = blake2b(digest_size=16)
    for model, key in _KEYS:
        rows: Iterable[tuple[str, str, str]] = connection.execute(
            select(model.origin, key, model.content_hash).order_by(model.origin, key)
        ).tuples()
        digest.update("\n".join("\t".join(row) for row in rows).encode())
    return digest.hexdigest()


_KEYS: tuple[tuple[Any, InstrumentedAttribute[str]], ...] = (
    (m.CertificationRow, m.CertificationRow.code),
    (m.JobRow, m.JobRow.rome),
    (m.CommuneRow, m.CommuneRow.insee),
    (m.HubRow, m.HubRow.id),
    (m.NoticeRow, m.NoticeRow.id),
)
