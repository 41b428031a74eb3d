"""Handing a mail over to the mail server."""

import re
from base64 import b64decode
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

import aiosmtplib

from api.notifications.failures import NotSent, Permanent, Temporary
from api.notifications.mail_server import mail_server
from api.settings import Settings

SECONDS = 20.0
_PERMANENT_FROM = 500
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


async def send_mail(settings: Settings, event_id: str, content: dict[str, Any], now: datetime) -> None:
    """Hand a mail over. The same `event_id` gives the same Message-ID, so that mailboxes know a repeat. Raises
    Temporary, Permanent."""
    if settings.smtp_url is None or settings.mail_from is None:
        raise Temporary("not_set")
    server = mail_server(settings.smtp_url.get_secret_value())
    message = written(content, settings.mail_from, event_id, now)
    try:
        await aiosmtplib.send(
            message,
            sender=settings.mail_from,
            recipients=[content["to"]],
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=server.start_tls,
            timeout=SECONDS,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise _failure(error) from None


def is_address(text: str) -> bool:
    """Whether a mail can be sent to this: one mailbox, nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def written(content: dict[str, Any], sender: str, event_id: str, now: datetime) -> EmailMessage:
    """The mail, from what the outbox keeps of it. Raises Permanent for an address that is none."""
    if not is_address(content["to"]):
        raise Permanent("bad_address")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=content["to"])
    message["Subject"] = content["subject"]
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{event_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(content["text"])
    for file in content["attachments"]:
        message.add_attachment(
            b64decode(file["base64"]), **_media_type(file["type"]), disposition="attachment", filename=file["name"]
        )
    return message


def _media_type(told: str) -> dict[str, Any]:
    read = MIMEPart()
    read["Content-Type"] = told
    header = read["Content-Type"]
    return {"maintype": header.maintype, "subtype": header.subtype, "params": dict(header.params)}


def _failure(error: Exception) -> NotSent:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    if isinstance(error, aiosmtplib.SMTPResponseException):
        # A password that is refused is for the operator to put right: the mail itself is good.
        lasting = error.code >= _PERMANENT_FROM and not isinstance(error, aiosmtplib.SMTPAuthenticationError)
        return (Permanent if lasting else Temporary)(f"smtp_{error.code}")
    if isinstance(error, TimeoutError):
        return Temporary("timeout")
    return Temporary("unreachable")
