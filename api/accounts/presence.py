"""Who is on line: the counsellors whose desk is open in a browser, or who just asked something of it."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, CounsellorSessionRow
from api.accounts.roles import ALL_HUBS
from api.accounts.tokens import digest

ON_LINE = timedelta(minutes=3)
_KEPT_EVERY = timedelta(minutes=1)


async def keep_present(session: AsyncSession, token: str, now: datetime) -> None:
    """The desk is open in the browser of this session: that is remembered, the session is not made longer."""
    row = CounsellorSessionRow
    stale = or_(row.present_at.is_(None), row.present_at < now - _KEPT_EVERY)
    await session.execute(update(row).where(row.token_hash == digest(token), stale).values(present_at=now))


async def was_seen(session: AsyncSession, account_id: str, since: datetime) -> bool:
    """Whether this counsellor asked something of the desk, or had it open, after `since`."""
    row = CounsellorSessionRow
    seen = or_(row.last_seen_at > since, row.present_at > since)
    return bool(await session.scalar(select(exists().where(row.account_id == account_id, seen))))


async def on_line(session: AsyncSession, hub: str | None, now: datetime) -> int:
    """How many counsellors of `hub` are on line; without a hub, of any."""
    row, since = CounsellorSessionRow, now - ON_LINE
    seen = select(row.account_id).where(or_(row.last_seen_at >= since, row.present_at >= since), row.expires_at > now)
    found = await session.scalars(select(AccountRow.hubs).where(AccountRow.active, AccountRow.id.in_(seen)))
    return sum(hub is None or ALL_HUBS in hubs or hub in hubs for hubs in found)
