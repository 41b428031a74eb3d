"""The tables of training offers."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class OfferRow(Base):
    """One action of a training. `catalogue` names the load it came with, which replaces it as a whole."""

    __tablename__ = "offers"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    catalogue: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    certification: Mapped[str | None] = mapped_column(String(20), index=True)
    rome: Mapped[list[str]] = mapped_column(JSON)
    objectives: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    prerequisites: Mapped[str] = mapped_column(Text)
    level_in: Mapped[int | None]
    level_out: Mapped[int | None]
    modality: Mapped[list[str]] = mapped_column(JSON)
    hours: Mapped[int | None]
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    cpf_eligible: Mapped[bool | None]
    url: Mapped[str | None] = mapped_column(Text)
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    example: Mapped[bool]
    source_title: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    facts_hash: Mapped[str] = mapped_column(String(64))


class SessionRow(Base):
    """A dated run of an offer."""

    __tablename__ = "offer_sessions"

    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[str] = mapped_column(String(60), primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    full: Mapped[bool | None]
    sign_up_by: Mapped[date | None]
