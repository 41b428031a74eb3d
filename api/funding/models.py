"""Situations that counsellors kept as test cases of the funding rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class FundingCaseRow(Base):
    """A situation with what is expected of it. Says nothing of whose it was, nor of which conversation."""

    __tablename__ = "funding_cases"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    story: Mapped[str] = mapped_column(String(300))
    on: Mapped[date] = mapped_column("on_day", Date)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    training: Mapped[dict[str, Any]] = mapped_column(JSON)
    expect: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
