"""The tables of notions, official pages and agreements."""

from datetime import date

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class NoticeRow(Base):
    """A notion explained. `sources` holds title, url and checked_on of each."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    simple: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)


class PassageRow(Base):
    """A section of an official page."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    page: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]


class AgreementRow(Base):
    """A collective agreement and the OPCO of its branch."""

    __tablename__ = "agreements"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    idcc: Mapped[str | None] = mapped_column(String(5))
    title: Mapped[str] = mapped_column(Text)
    opco: Mapped[str] = mapped_column(String(100))
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
