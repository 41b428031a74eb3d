"""Tables of cases: a conversation passed on to the counsellors of a hub."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from api.cases.lifecycle import OPEN
from knowledge.database import Base

_IS_OPEN = text(f"status IN {OPEN}")


class CaseRow(Base):
    """A case. At most one open case a conversation.

    `regional` says that it was given to the regional level of its hub.
    `claimed_by` is the account that holds it, or held it last; `active_at`, when that account last did something for
    it; `waiting_since`, since when it waits, or waited last; `long_wait_told_at`, when the person was told that it
    takes long.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("uq_cases_open", "conversation_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(10), index=True)
    reasons: Mapped[list[str]] = mapped_column(JSON)
    priority: Mapped[int]
    hub: Mapped[str | None] = mapped_column(String(60))
    regional: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    waiting_since: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    active_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    long_wait_told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None] = mapped_column(String(40))


class CaseNoteRow(Base):
    """An internal note: counsellors read it, the person never does."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    author: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    text: Mapped[str] = mapped_column(Text)


class CaseEventRow(Base):
    """The audit trail: each transition of a case, by whom and when. Holds no word of the person."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str | None] = mapped_column(String(32))
    transition: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str | None] = mapped_column(String(100))


class CaseReadRow(Base):
    """Up to which message an account has read the conversation of a case."""

    __tablename__ = "case_reads"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True)
    last_seq: Mapped[int]
