"""Putting something in the outbox, in the transaction of what it tells: both happen or neither."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.notifications.models import OutboxRow
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "mails.yml")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that goes with a mail; `type` is its media type."""

    name: str
    type: str
    text: str


def queue_mail(
    session: AsyncSession,
    *,
    to: str,
    template: str,
    now: datetime,
    conversation_id: str | None = None,
    hub: str | None = None,
    attachments: Sequence[Attachment] = (),
    **params: object,
) -> None:
    """A mail to send: `TEMPLATE.subject` and `TEMPLATE.text` of `api/texts/mails.yml` filled with `params`."""
    content = {
        "to": to,
        "subject": TEXTS.get(f"{template}.subject", **params),
        "text": TEXTS.get(f"{template}.text", **params),
        "attachments": [asdict(attachment) for attachment in attachments],
    }
    session.add(
        OutboxRow(
            id=uuid4().hex,
            channel="mail",
            template=template,
            content=content,
            conversation_id=conversation_id,
            hub=hub,
            created_at=now,
            next_attempt_at=now,
        )
    )
