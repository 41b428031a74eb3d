"""The table of links checked."""

from datetime import datetime

from sqlalchemy import DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class LinkCheckRow(Base):
    """The last answer of an address. `dead_since` is when it first failed, None while it answers; `used_by` names
    what cites it."""

    __tablename__ = "link_checks"

    url: Mapped[str] = mapped_column(String(700), primary_key=True)
    used_by: Mapped[str] = mapped_column(Text)
    checked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    said: Mapped[str] = mapped_column(String(60))
    dead_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
