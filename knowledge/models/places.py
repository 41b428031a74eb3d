"""The tables of places."""

from datetime import date

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


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
