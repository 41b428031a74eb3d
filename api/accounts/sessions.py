"""Signed-in browsers: opening, keeping alive, ending. The cookie opens a session, its public id only names it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, CounsellorSessionRow
from api.accounts.tokens import digest
from api.database import aware
from knowledge.errors import HubError, NotFound

SESSION_LENGTH = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
_BROWSERS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


class NotSignedIn(HubError):
    """No session, or one that ended."""

    code = "not_signed_in"
    status = 401


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the cookie's value, told once, and the CSRF token."""

    token: str
    csrf: str


def open_session(session: AsyncSession, account: AccountRow, agent: str, now: datetime) -> SignedIn:
    """A new session of an account. `agent` is how the browser names itself."""
    signed = SignedIn(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    session.add(
        CounsellorSessionRow(
            token_hash=digest(signed.token),
            id=uuid4().hex,
            account_id=account.id,
            csrf=signed.csrf,
            device=device(agent),
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LENGTH,
        )
    )
    return signed


async def signed_in(session: AsyncSession, token: str, now: datetime) -> tuple[AccountRow, CounsellorSessionRow]:
    """The account of a session, which is kept alive. Raises NotSignedIn."""
    account, row = await _live(session, token, now) or (None, None)
    if account is None or row is None:
        raise NotSignedIn
    if now - aware(row.last_seen_at) > timedelta(minutes=1):
        row.last_seen_at = now
    return account, row


async def is_signed_in(session: AsyncSession, token: str, now: datetime) -> bool:
    """Whether a session still is, without keeping it alive."""
    return await _live(session, token, now) is not None


async def sessions_of(session: AsyncSession, account_id: str, now: datetime) -> list[CounsellorSessionRow]:
    """The live sessions of an account, last used first."""
    found = select(CounsellorSessionRow).where(CounsellorSessionRow.account_id == account_id)
    rows = await session.scalars(found.order_by(CounsellorSessionRow.last_seen_at.desc(), CounsellorSessionRow.id))
    return [row for row in rows if not _over(row, now)]


async def end_session(session: AsyncSession, account_id: str, session_id: str) -> None:
    """End one session of an account. Raises NotFound."""
    found = select(CounsellorSessionRow).where(
        CounsellorSessionRow.id == session_id, CounsellorSessionRow.account_id == account_id
    )
    row = (await session.scalars(found)).first()
    if row is None:
        raise NotFound
    await session.delete(row)


async def end_sessions(session: AsyncSession, account_id: str, keep: str | None = None) -> None:
    """End all sessions of an account but `keep`, a session's public id. Live streams end at their next heartbeat."""
    ended = delete(CounsellorSessionRow).where(CounsellorSessionRow.account_id == account_id)
    await session.execute(ended if keep is None else ended.where(CounsellorSessionRow.id != keep))


async def forget_ended_sessions(session: AsyncSession, now: datetime) -> None:
    """Delete the sessions that are over."""
    row = CounsellorSessionRow
    await session.execute(delete(row).where(or_(row.expires_at < now, row.last_seen_at < now - SESSION_IDLE)))


def device(agent: str) -> str:
    """Browser and system as a user agent names them, to tell one's own sessions apart; empty when it names neither."""
    browser = next((name for name in _BROWSERS if name in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return " · ".join(filter(None, ({"Edg": "Edge", "OPR": "Opera"}.get(browser, browser), system)))


async def _live(session: AsyncSession, token: str, now: datetime) -> tuple[AccountRow, CounsellorSessionRow] | None:
    row = await session.get(CounsellorSessionRow, digest(token))
    if row is None or _over(row, now):
        return None
    account = await session.get(AccountRow, row.account_id)
    return (account, row) if account is not None and account.active else None


def _over(row: CounsellorSessionRow, now: datetime) -> bool:
    return now > aware(row.expires_at) or now > aware(row.last_seen_at) + SESSION_IDLE
