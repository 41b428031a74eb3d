"""Certifications and jobs as the contract shows them."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from bot.profile import place_label
from knowledge.catalogue import Catalogue
from knowledge.records import AccessRoute, Certification, CertificationKind, Commune
from knowledge.search.engine import JobHit, SearchAnswer, SearchHit


class CertificationItem(BaseModel):
    """One certification of an answer."""

    code: str
    title: str
    kind: CertificationKind
    type: str
    level: int | None
    active: bool
    replaced_by: list[str]
    rome: list[str]
    score: float
    why: list[str]

    @classmethod
    def of(cls, hit: SearchHit) -> Self:
        """A hit as JSON."""
        record = hit.certification
        return cls(
            code=record.code,
            title=record.title,
            kind=record.kind,
            type=record.type,
            level=record.level,
            active=record.active,
            replaced_by=list(hit.replaced_by),
            rome=list(record.rome),
            score=hit.score,
            why=list(hit.why),
        )


class UnderstoodItem(BaseModel):
    """What the words of the query said."""

    job: str | None
    certification: str | None
    level: int | None


class CertificationAnswer(BaseModel):
    """The reply of `GET /api/certifications`."""

    query: str
    understood: UnderstoodItem
    confident: bool
    relaxed: list[str]
    results: list[CertificationItem]

    @classmethod
    def of(cls, answer: SearchAnswer) -> Self:
        """An answer as JSON."""
        said = answer.understood
        return cls(
            query=answer.query,
            understood=UnderstoodItem(job=said.job, certification=said.certification, level=said.level),
            confident=answer.confident,
            relaxed=list(answer.relaxed),
            results=[CertificationItem.of(hit) for hit in answer.hits],
        )


class BlockItem(BaseModel):
    """A bloc de compétences."""

    code: str
    label: str
    skills: str


class JobLabel(BaseModel):
    """A job that a certification leads to."""

    rome: str
    label: str


class SourceItem(BaseModel):
    """Where the record comes from."""

    title: str
    url: str
    checked_on: date


class CertificationRecord(BaseModel):
    """The reply of `GET /api/certifications/{code}`. `replaced_by`: the active successors, through all the links."""

    code: str
    title: str
    kind: CertificationKind
    type: str
    level: int | None
    active: bool
    starts_on: date | None
    ends_on: date | None
    replaced_by: list[str]
    rome: list[str]
    jobs: list[JobLabel]
    summary: str
    objectives: str
    activities: str
    abilities: str
    sectors: str
    occupations: str
    keywords: list[str]
    acronyms: list[str]
    certifiers: list[str]
    nsf: list[str]
    formacodes: list[str]
    access: list[AccessRoute]
    blocks: list[BlockItem]
    source: SourceItem

    @classmethod
    def of(cls, record: Certification, catalogue: Catalogue) -> Self:
        """A whole record as JSON."""
        jobs = (catalogue.jobs[code] for code in record.rome if code in catalogue.jobs)
        return cls(
            code=record.code,
            title=record.title,
            kind=record.kind,
            type=record.type,
            level=record.level,
            active=record.active,
            starts_on=record.starts_on,
            ends_on=record.ends_on,
            replaced_by=list(catalogue.successors(record.code)),
            rome=list(record.rome),
            jobs=[JobLabel(rome=job.rome, label=job.label) for job in jobs],
            summary=record.summary,
            objectives=record.objectives,
            activities=record.activities,
            abilities=record.abilities,
            sectors=record.sectors,
            occupations=record.occupations,
            keywords=list(record.keywords),
            acronyms=list(record.acronyms),
            certifiers=list(record.certifiers),
            nsf=list(record.nsf),
            formacodes=list(record.formacodes),
            access=sorted(record.access),
            blocks=[BlockItem(code=block.code, label=block.label, skills=block.skills) for block in record.blocks],
            source=SourceItem(title=record.source.title, url=record.source.url, checked_on=record.source.checked_on),
        )


class JobItem(BaseModel):
    """One job of an answer."""

    rome: str
    label: str
    score: float

    @classmethod
    def of(cls, hit: JobHit) -> Self:
        """A hit as JSON."""
        return cls(rome=hit.rome, label=hit.label, score=hit.score)


class JobAnswer(BaseModel):
    """The reply of `GET /api/jobs`."""

    results: list[JobItem]


class CommuneItem(BaseModel):
    """One commune of an answer; `label` is its name with a postcode."""

    insee: str
    label: str
    department: str

    @classmethod
    def of(cls, commune: Commune, catalogue: Catalogue) -> Self:
        """A commune as JSON."""
        label = place_label(commune.insee, catalogue)
        return cls(insee=commune.insee, label=label, department=commune.department)


class CommuneAnswer(BaseModel):
    """The reply of `GET /api/communes`."""

    results: list[CommuneItem]
