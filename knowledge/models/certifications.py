"""The tables of certifications."""

from datetime import date

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
    starts_on: Mapped[date | None]
    activities: Mapped[str] = mapped_column(Text, default="")
    abilities: Mapped[str] = mapped_column(Text, default="")
    sectors: Mapped[str] = mapped_column(Text, default="")
    occupations: Mapped[str] = mapped_column(Text, default="")
    partners: Mapped[list[str]] = mapped_column(JSON, default=list)
    agreements: Mapped[list[str]] = mapped_column(JSON, default=list)


class BlockRow(Base):
    """A bloc de compétences, in the order of its certification."""

    __tablename__ = "certification_blocks"

    certification_code: Mapped[str] = mapped_column(
        ForeignKey("certifications.code", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(Text)
    skills: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
