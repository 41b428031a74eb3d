"""The table of loads."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


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
