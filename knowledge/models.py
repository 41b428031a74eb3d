"""The tables of the knowledge.

A record is kept once per origin (`starter` = written for this project, `official` = imported): the two never overwrite
each other, and `knowledge.catalogue` lays one over the other. `content_hash` tells whether an import has to write it.
"""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine

from knowledge.database import Base

Origin = Literal["starter", "official"]
CODE = String(32)
ORIGIN: TypeEngine[str] = String(16)
Strings = list[str]


class Tracked:
    """What every imported table has."""

    origin: Mapped[str] = mapped_column(ORIGIN, primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(32))


class CertificationRow(Tracked, Base):
    """One record of the RNCP or of the RS. The long texts (`activities` … `job_types`) are never loaded into memory."""

    __tablename__ = "certifications"

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    level: Mapped[int | None] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, index=True)
    ends_on: Mapped[date | None] = mapped_column(Date)
    summary: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[str] = mapped_column(Text, default="")
    activities: Mapped[str] = mapped_column(Text, default="")
    abilities: Mapped[str] = mapped_column(Text, default="")
    sectors: Mapped[str] = mapped_column(Text, default="")
    job_types: Mapped[str] = mapped_column(Text, default="")
    acronyms: Mapped[Strings] = mapped_column(JSON, default=list)
    keywords: Mapped[Strings] = mapped_column(JSON, default=list)
    certifiers: Mapped[Strings] = mapped_column(JSON, default=list)
    nsf: Mapped[Strings] = mapped_column(JSON, default=list)
    formacodes: Mapped[Strings] = mapped_column(JSON, default=list)
    access: Mapped[Strings] = mapped_column(JSON, default=list)
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date] = mapped_column(Date)


class _OfCertification(Base):
    __abstract__ = True

    origin: Mapped[str] = mapped_column(ORIGIN, primary_key=True)
    certification_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[ForeignKeyConstraint]:  # noqa: N805
        columns = ["origin", "certification_code"]
        targets = ["certifications.origin", "certifications.code"]
        return (ForeignKeyConstraint(columns, targets, ondelete="CASCADE"),)


class BlockRow(_OfCertification):
    """A bloc de compétences, in the order of the record."""

    __tablename__ = "certification_blocks"

    code: Mapped[str] = mapped_column(CODE)
    label: Mapped[str] = mapped_column(Text)
    skills: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")


class CertificationRomeRow(_OfCertification):
    """A ROME code as the record gives it: often one that predates ROME 4.0."""

    __tablename__ = "certification_rome"

    rome: Mapped[str] = mapped_column(CODE, index=True)


class CertificationLinkRow(_OfCertification):
    """A link to another record: `replaced_by` names a successor, `replaces` a predecessor."""

    __tablename__ = "certification_links"

    relation: Mapped[str] = mapped_column(String(16))
    other_code: Mapped[str] = mapped_column(CODE, index=True)


class JobRow(Tracked, Base):
    """A job of ROME 4.0."""

    __tablename__ = "jobs"

    rome: Mapped[str] = mapped_column(CODE, primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(8))
    parent: Mapped[str] = mapped_column(CODE, index=True)


class JobTitleRow(Base):
    """A name of a job."""

    __tablename__ = "job_titles"
    __table_args__ = (ForeignKeyConstraint(["origin", "rome"], ["jobs.origin", "jobs.rome"], ondelete="CASCADE"),)

    origin: Mapped[str] = mapped_column(ORIGIN, primary_key=True)
    rome: Mapped[str] = mapped_column(CODE, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    colloquial: Mapped[bool] = mapped_column(Boolean, default=False)


class CommuneRow(Tracked, Base):
    """A commune."""

    __tablename__ = "communes"

    insee: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    postcodes: Mapped[Strings] = mapped_column(JSON, default=list)
    department: Mapped[str] = mapped_column(String(8))
    region: Mapped[str] = mapped_column(String(8))
    population: Mapped[int] = mapped_column(Integer)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)


class HubRow(Tracked, Base):
    """A Hub des compétences."""

    __tablename__ = "hubs"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    town: Mapped[str] = mapped_column(Text)
    insee: Mapped[str] = mapped_column(String(8))
    address: Mapped[str | None] = mapped_column(Text)
    opening_hours: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    source_title: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    checked_on: Mapped[date | None] = mapped_column(Date)


class NoticeRow(Tracked, Base):
    """A notion explained."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    simple: Mapped[str] = mapped_column(Text)
    aliases: Mapped[Strings] = mapped_column(JSON, default=list)


class NoticeSourceRow(Base):
    """A source of a notice."""

    __tablename__ = "notice_sources"
    __table_args__ = (
        ForeignKeyConstraint(["origin", "notice_id"], ["notices.origin", "notices.id"], ondelete="CASCADE"),
    )

    origin: Mapped[str] = mapped_column(ORIGIN, primary_key=True)
    notice_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date] = mapped_column(Date)


class ImportRow(Base):
    """One finished import of one source: what it was, when, and how many records."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    kept: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    removed: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
