"""Table of appointments."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class AppointmentRow(Base):
    """An appointment of a case. `status` is `wished`, `confirmed` or `cancelled`; `mode` is `onsite`, `phone` or
    `video`. `slots` are the half-days the person wishes: `{"day": ISO date, "part": "morning"|"afternoon"}`; none
    means as soon as possible. `starts_at` and `minutes` are set once confirmed; `sequence` counts the changes since,
    as calendars do. `by` is the account that set the date."""

    __tablename__ = "appointments"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    hub: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(10))
    mode: Mapped[str] = mapped_column(String(10))
    slots: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    starts_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    minutes: Mapped[int]
    sequence: Mapped[int]
    by: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
