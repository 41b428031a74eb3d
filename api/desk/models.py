"""Table of the sentences ready to send."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class CannedRow(Base):
    """A reply that a hub keeps ready; `hub` is None for all hubs. `text` may hold the variables of
    `api.desk.variables`."""

    __tablename__ = "canned_replies"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    hub: Mapped[str | None] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
