"""Table of the hubs' records."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class HubVersionRow(Base):
    """One version of a hub's record (`knowledge.hubs.record.HubRecord`), numbered from 1; the last one is published,
    the others can be restored. `by` is an account."""

    __tablename__ = "hub_versions"

    hub: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
