"""From the rows of the database to the records of the catalogue."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.models import (
    AgreementRow,
    BlockRow,
    CertificationRow,
    CommuneRow,
    HubRow,
    ImportRow,
    InterestRow,
    JobRow,
    JobTitleRow,
    NoticeRow,
    OfferRow,
    PassageRow,
    SessionRow,
    SkillRow,
)
from knowledge.records import (
    AccessRoute,
    Agreement,
    Block,
    Certification,
    CertificationKind,
    Commune,
    Hub,
    Interest,
    Job,
    JobTitle,
    Notice,
    Offer,
    OfferPlace,
    Passage,
    Skill,
    SkillKind,
    Source,
)
from knowledge.records import Session as Run


def certifications(session: Session) -> Iterator[Certification]:
    """Each certification with its blocks."""
    blocks: defaultdict[str, list[Block]] = defaultdict(list)
    statement = select(BlockRow.__table__).order_by(BlockRow.position)
    for row in session.execute(statement):
        blocks[row.certification_code].append(Block(row.code, row.label, row.skills, row.assessment))
    for row in session.execute(select(CertificationRow.__table__)):
        yield Certification(
            code=row.code,
            title=row.title,
            kind=cast("CertificationKind", row.kind),
            type=row.type,
            level=row.level,
            active=row.active,
            source=Source(row.source_title, row.source_url, row.checked_on),
            rome=tuple(row.rome),
            replaced_by=tuple(row.replaced_by),
            acronyms=tuple(row.acronyms),
            summary=row.summary,
            keywords=tuple(row.keywords),
            certifiers=tuple(row.certifiers),
            nsf=tuple(row.nsf),
            formacodes=tuple(row.formacodes),
            access=cast("frozenset[AccessRoute]", frozenset(row.access)),
            blocks=tuple(blocks.get(row.code, ())),
            objectives=row.objectives,
            ends_on=row.ends_on,
            starts_on=row.starts_on,
            activities=row.activities,
            abilities=row.abilities,
            sectors=row.sectors,
            occupations=row.occupations,
            partners=tuple(row.partners),
            agreements=tuple(row.agreements),
        )


def jobs(session: Session) -> Iterator[Job]:
    """Each job with its titles."""
    titles: defaultdict[str, list[JobTitle]] = defaultdict(list)
    for row in session.execute(select(JobTitleRow.__table__)):
        titles[row.rome].append(JobTitle(row.label, row.rome, row.colloquial))
    for row in session.execute(select(JobRow.__table__)):
        yield Job(
            row.rome,
            row.label,
            row.domain,
            row.parent,
            tuple(titles.get(row.rome, ())),
            row.definition,
            tuple(row.key_skills),
            tuple(row.other_skills),
            tuple(row.near),
            tuple(row.further),
            row.riasec,
            tuple(row.interests),
            tuple(row.sectors),
        )


def communes(session: Session) -> Iterator[Commune]:
    """Each commune."""
    for row in session.execute(select(CommuneRow.__table__)):
        yield Commune(
            row.insee,
            row.name,
            tuple(row.postcodes),
            row.department,
            row.region,
            row.population,
            row.latitude,
            row.longitude,
        )


def hubs(session: Session) -> Iterator[Hub]:
    """Each hub."""
    for row in session.scalars(select(HubRow)):
        source = (
            Source(row.source_title, row.source_url, row.checked_on)
            if row.source_title and row.source_url and row.checked_on
            else None
        )
        yield Hub(row.id, row.town, row.insee, row.address, row.opening_hours, row.phone, row.email, source)


def notices(session: Session) -> Iterator[Notice]:
    """Each notion explained."""
    for row in session.scalars(select(NoticeRow)):
        sources = tuple(Source(s["title"], s["url"], date.fromisoformat(s["checked_on"])) for s in row.sources)
        yield Notice(row.id, row.title, row.text, row.simple, tuple(row.aliases), sources)


def skills(session: Session) -> Iterator[Skill]:
    """Each skill."""
    for row in session.execute(select(SkillRow.__table__)):
        yield Skill(row.code, row.label, cast("SkillKind", row.kind))


def interests(session: Session) -> Iterator[Interest]:
    """Each centre of interest."""
    for row in session.execute(select(InterestRow.__table__)):
        yield Interest(row.code, row.label, row.definition)


def offers(session: Session) -> Iterator[Offer]:
    """Each offer with its sessions, the soonest first."""
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    for row in session.execute(select(SessionRow.__table__).order_by(SessionRow.starts_on)):
        runs[row.offer_id].append(Run(row.number, row.starts_on, row.ends_on, row.full, row.sign_up_by))
    for row in session.execute(select(OfferRow.__table__)):
        yield Offer(
            id=row.id,
            title=row.title,
            provider=row.provider,
            source=Source(row.source_title, row.source_url, row.checked_on),
            certification=row.certification,
            rome=tuple(row.rome),
            objectives=row.objectives,
            content=row.content,
            prerequisites=row.prerequisites,
            level_in=row.level_in,
            level_out=row.level_out,
            modality=frozenset(row.modality),
            hours=row.hours,
            price=row.price,
            cpf_eligible=row.cpf_eligible,
            url=row.url,
            place=OfferPlace(**row.place) if row.place else None,
            sessions=tuple(runs.get(row.id, ())),
            example=row.example,
        )


def passages(session: Session) -> Iterator[Passage]:
    """Each section of the official pages."""
    for row in session.execute(select(PassageRow.__table__)):
        yield Passage(row.id, row.page, row.section, row.text, Source(row.page, row.url, row.checked_on))


def agreements(session: Session) -> Iterator[Agreement]:
    """Each collective agreement."""
    for row in session.execute(select(AgreementRow.__table__)):
        source = Source(row.source_title, row.source_url, row.checked_on)
        yield Agreement(row.id, row.idcc, row.title, row.opco, source)


def fingerprint(session: Session) -> str:
    """Of the loads that changed something, the newest of each source, in their order: going back to an older file is a
    change too."""
    changing = select(ImportRow.source, ImportRow.content_hash).where(ImportRow.changed > 0).order_by(ImportRow.id)
    newest: dict[str, str] = {}
    for source, content in session.execute(changing):
        newest.pop(source, None)
        newest[source] = content
    return hashlib.sha256(repr(list(newest.items())).encode()).hexdigest()
