"""The table of facts of use."""

from datetime import date

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class InsightEventRow(Base):
    """One fact of one conversation, once: so rows count conversations. It holds no words, and no day: the month, and
    for some time the week, by its Monday.

    The database forgets `conversation_id` when the conversation goes, by whatever way; from then on nothing ties the
    facts of a conversation to it or to each other, not even their order. `detail` is the reason of a need without an
    answer and `department` its place, `hour` (0..23, in France) that of an opening, `number` minutes of waiting or
    how many times.
    """

    __tablename__ = "insight_events"
    __table_args__ = (UniqueConstraint("conversation_id", "kind", "code"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"), index=True)
    month: Mapped[date] = mapped_column(Date, index=True)
    week: Mapped[date | None] = mapped_column(Date)
    hub: Mapped[str | None] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(30))
    code: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str | None] = mapped_column(String(20))
    department: Mapped[str | None] = mapped_column(String(3))
    hour: Mapped[int | None]
    number: Mapped[int | None]


class SatisfactionCommentRow(Base):
    """What a person added to their opinion, without what says who they are. Words may still lead to someone, so they
    go with the conversation."""

    __tablename__ = "satisfaction_comments"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(Date)
    hub: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
