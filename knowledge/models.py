"""The tables of the knowledge. Read through `knowledge.catalogue`, written by `knowledge.importing`."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class CertificationRow(Base):
    """A certification. `origin` is «official» once an official file gave its facts; our own words are kept apart from
    them.

    `facts_hash` tells whether the facts changed since the last import.
    """

    __tablename__ = "certifications"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(4))
    type: Mapped[str] = mapped_column(String(80))
    level: Mapped[int | None]
    active: Mapped[bool]
    rome: Mapped[list[str]] = mapped_column(JSON)
    replaced_by: Mapped[list[str]] = mapped_column(JSON)
    certifiers: Mapped[list[str]] = mapped_column(JSON)
    nsf: Mapped[list[str]] = mapped_column(JSON)
    formacodes: Mapped[list[str]] = mapped_column(JSON)
    access: Mapped[list[str]] = mapped_column(JSON)
    objectives: Mapped[str] = mapped_column(Text)
    ends_on: Mapped[date | None]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    origin: Mapped[str] = mapped_column(String(10))
    facts_hash: Mapped[str] = mapped_column(String(64))
    summary: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)
    acronyms: Mapped[list[str]] = mapped_column(JSON, default=list)


class BlockRow(Base):
    """A bloc de compétences, in the order of its certification."""

    __tablename__ = "certification_blocks"

    certification_code: Mapped[str] = mapped_column(
        ForeignKey("certifications.code", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(Text)


class JobRow(Base):
    """A job of ROME 4.0."""

    __tablename__ = "jobs"

    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(3))
    parent: Mapped[str] = mapped_column(String(5), index=True)
    origin: Mapped[str] = mapped_column(String(10))


class JobTitleRow(Base):
    """A name by which people call a job."""

    __tablename__ = "job_titles"

    rome: Mapped[str] = mapped_column(ForeignKey("jobs.rome", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(200), primary_key=True)
    colloquial: Mapped[bool] = mapped_column(default=False)


class CommuneRow(Base):
    """A French commune."""

    __tablename__ = "communes"

    insee: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    postcodes: Mapped[list[str]] = mapped_column(JSON)
    department: Mapped[str] = mapped_column(String(3))
    region: Mapped[str] = mapped_column(String(3))
    population: Mapped[int]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class HubRow(Base):
    """A Hub des compétences. What its team did not publish is null."""

    __tablename__ = "hubs"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    town: Mapped[str] = mapped_column(String(100))
    insee: Mapped[str] = mapped_column(String(5))
    address: Mapped[str | None] = mapped_column(Text)
    opening_hours: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    source_title: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    checked_on: Mapped[date | None]


class NoticeRow(Base):
    """A notion explained. `sources` holds title, url and checked_on of each."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    simple: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)


class ImportRow(Base):
    """One load of a source: what was read, kept, changed and refused. The newest rows make the catalogue's
    fingerprint."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(200), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime]
    kept: Mapped[int]
    changed: Mapped[int]
    refused: Mapped[int]
