"""Table of what is to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class OutboxRow(Base):
    """One thing to send. `channel` is `mail` or `webhook`; `status` is `waiting`, `sent` or `dead`.

    `content` is what is sent: for a mail `{"to", "subject", "text", "attachments": [{"name", "type", "base64"}]}`, for
    a webhook its JSON body; once sent, it is emptied. `attempts` counts those that began; `last_error` is a code of
    `api.notifications.failures`. `conversation_id`, where it concerns one, makes erasing that conversation erase it
    too.
    """

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    template: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    conversation_id: Mapped[str | None] = mapped_column(String(32), index=True)
    hub: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_attempt_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_error: Mapped[str | None] = mapped_column(Text)
