"""Putting something in the outbox, in the transaction of what it tells: both happen or neither."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.notifications.models import OutboxRow
from knowledge.texts import Texts

# Stand in a text for a link back to the conversation, and for one to choose a password. They are made when the mail
# leaves: none waits in clear.
RETURN_LINK, ACCOUNT_LINK = "{return-link}", "{account-link}"
TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "mails.yml")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; `type` is its media type, with parameters where it has some."""

    name: str
    type: str
    content: bytes


def queue_mail(
    session: AsyncSession,
    *,
    to: str,
    template: str,
    now: datetime,
    conversation_id: str | None = None,
    hub: str | None = None,
    attachments: Sequence[Attachment] = (),
    not_before: datetime | None = None,
    account_id: str | None = None,
    **params: object,
) -> None:
    """A mail to send, at once or at `not_before`: `TEMPLATE.subject` and `TEMPLATE.text` of `api/texts/mails.yml`
    filled with `params`; `account_id` is whose `ACCOUNT_LINK` it is. Queue none where `Settings.sends_mail` is false:
    it would never leave."""
    content = {
        "to": to,
        "account_id": account_id,
        "subject": TEXTS.get(f"{template}.subject", **params),
        "text": TEXTS.get(f"{template}.text", **params),
        "attachments": [
            {"name": file.name, "type": file.type, "base64": b64encode(file.content).decode()} for file in attachments
        ],
    }
    row = _row("mail", template, content, now, conversation_id, hub)
    row.next_attempt_at = not_before or now
    session.add(row)


def queue_webhook(
    session: AsyncSession, *, event: str, body: Mapping[str, Any], now: datetime, conversation_id: str, hub: str | None
) -> None:
    """A web request to send to `Settings.webhook_url`: JSON without personal data. Queue none where it is not set."""
    session.add(_row("webhook", event, dict(body), now, conversation_id, hub))


async def forget(session: AsyncSession, conversation_id: str, template: str | None = None) -> None:
    """Delete what concerns a conversation, sent or not; of one template where it is given."""
    gone = delete(OutboxRow).where(OutboxRow.conversation_id == conversation_id)
    await session.execute(gone if template is None else gone.where(OutboxRow.template == template))


def _row(
    channel: str, template: str, content: dict[str, Any], now: datetime, conversation_id: str | None, hub: str | None
) -> OutboxRow:
    return OutboxRow(
        id=uuid4().hex,
        channel=channel,
        template=template,
        content=content,
        conversation_id=conversation_id,
        hub=hub,
        status="waiting",
        attempts=0,
        created_at=now,
        next_attempt_at=now,
    )
