"""Messages kept, with consent, for counsellors to label."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class ReviewRow(Base):
    """A message without what says who wrote it. `conversation_id` holds until it is labelled, so that erasing or
    withdrawing consent takes it along; then nothing leads back to anyone."""

    __tablename__ = "reviews"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    seq: Mapped[int | None]
    hub: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(20))
    guesses: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    label: Mapped[str | None] = mapped_column(String(40))
    labelled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    labelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
