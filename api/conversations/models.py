"""Tables of conversations: what was said, and the state between two turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class ConversationRow(Base):
    """A conversation. Only the digest of its token is kept. `session` numbers the dialogue engine's sessions;
    `learning_consent` says that misread messages may be kept, without what says who wrote them; `mail_news`, whether
    the person wants mails about their request, None where the box was not touched."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(10))
    hub: Mapped[str | None] = mapped_column(String(60))
    owner: Mapped[str] = mapped_column(String(12), default="bot")
    session: Mapped[int] = mapped_column(default=1)
    session_messages: Mapped[int] = mapped_column(default=0)
    profile: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    memory: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    learning_consent: Mapped[bool] = mapped_column(default=False)
    mail_news: Mapped[bool | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ConversationKeyRow(Base):
    """A further key of a conversation, for who came back by a link. Only its digest is kept."""

    __tablename__ = "conversation_keys"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class MessageRow(Base):
    """One message, numbered from 1 without gaps. `choices` holds what its buttons mean and never leaves the server.

    `reply_to` is the number of the person's message that it answers; `client_id` makes a repeated post the same
    message.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    author: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    choices: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    choice_id: Mapped[str | None] = mapped_column(String(120))
    client_id: Mapped[str | None] = mapped_column(String(36))
    reply_to: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
