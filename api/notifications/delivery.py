"""Sending what waits in the outbox: at least once, by one process at a time, again later when it fails.

A claim puts the next attempt off before anything is sent: another process no longer sees the row as due, and a
process killed between leaves a row that comes back by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import CursorResult, delete, select, update

from api.database import overwrite_what_goes
from api.notifications.failures import NotSent, Permanent
from api.notifications.linking import with_links
from api.notifications.mail import send_mail
from api.notifications.models import OutboxRow
from api.notifications.webhook import send_webhook
from api.returning import links
from api.services import Services
from api.settings import Settings

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
PAUSE_FACTOR = 5
# Longer than any server may take, shorter than the first pause: two attempts never overlap.
SENDING_SECONDS = 45.0
SENT_KEPT = timedelta(days=30)
DEAD_KEPT = timedelta(days=7)
# What was sent is not kept: neither the address nor the words.
ERASED: dict[str, Any] = {}
# The others would meet the same: they wait for the next pass, and keep their attempts.
NOBODY_THERE = frozenset({"timeout", "unreachable", "not_set"})
_log = structlog.get_logger("outbox")

_SENDERS: Mapping[str, Callable[[Settings, str, dict[str, Any], datetime], Awaitable[None]]] = {
    "mail": send_mail,
    "webhook": send_webhook,
}


def pause_after(attempts: int) -> timedelta:
    """How long after attempt number `attempts` (from 1) the next one comes: 1 min, 5 min, 25 min, 2 h 05, 10 h 25."""
    return FIRST_PAUSE * int(PAUSE_FACTOR ** (attempts - 1))


async def deliver_due(services: Services) -> None:
    """Send all that is due, channel by channel, side by side: a mail server that is slow holds no web request up."""
    await asyncio.gather(*(_deliver(services, channel) for channel in _SENDERS))


async def forget_delivered(services: Services) -> None:
    """Delete what was sent 30 days ago, what could not be sent and was left for 7 days, and links too old to lead
    anywhere."""
    now = services.clock.now()
    async with services.sessions() as session, session.begin():
        await links.forget_expired(session, now)
        for status, kept in (("sent", SENT_KEPT), ("dead", DEAD_KEPT)):
            await overwrite_what_goes(session)
            old = delete(OutboxRow).where(OutboxRow.status == status, OutboxRow.next_attempt_at < now - kept)
            await session.execute(old)


async def _deliver(services: Services, channel: str) -> None:
    while (row := await _claim(services, channel)) is not None:
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                await _SENDERS[channel](
                    services.settings, row.id, await with_links(services, row), services.clock.now()
                )
        except TimeoutError:
            await _failed(services, row, NotSent("timeout"))
            return
        except NotSent as failure:
            await _failed(services, row, failure)
            if failure.reason in NOBODY_THERE:
                return
        else:
            await _note(services, row, status="sent", sent_at=services.clock.now(), content=ERASED, last_error=None)


async def _claim(services: Services, channel: str) -> OutboxRow | None:
    """The first row that is due, now this process's to send; `attempts` counts the one that begins."""
    now = services.clock.now()
    due = select(OutboxRow).where(
        OutboxRow.channel == channel, OutboxRow.status == "waiting", OutboxRow.next_attempt_at <= now
    )
    async with services.sessions() as session:
        rows = list(await session.scalars(due.order_by(OutboxRow.next_attempt_at).limit(20)))
    for row in rows:
        if row.attempts >= MAX_ATTEMPTS:
            await _note(services, row, status="dead", last_error="cut")
        elif await _note(services, row, attempts=row.attempts + 1, next_attempt_at=now + pause_after(row.attempts + 1)):
            row.attempts += 1
            return row
    return None


async def _failed(services: Services, row: OutboxRow, failure: NotSent) -> None:
    lasting = isinstance(failure, Permanent) or row.attempts >= MAX_ATTEMPTS
    _log.warning("not_sent", id=row.id, template=row.template, reason=failure.reason, attempts=row.attempts)
    await _note(services, row, status="dead" if lasting else "waiting", last_error=failure.reason)


async def _note(services: Services, row: OutboxRow, **values: Any) -> bool:
    """Change the row if nobody else did since it was read: `attempts` says who holds it."""
    change = update(OutboxRow).where(
        OutboxRow.id == row.id, OutboxRow.status == "waiting", OutboxRow.attempts == row.attempts
    )
    async with services.sessions() as session, session.begin():
        await overwrite_what_goes(session)
        done = await session.execute(change.values(**values))
    return isinstance(done, CursorResult) and done.rowcount == 1
