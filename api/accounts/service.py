"""Signing in with a password, and changing it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, CounsellorSessionRow
from api.accounts.passwords import hashed_new, verified
from api.accounts.sessions import SignedIn, end_sessions, open_session
from api.accounts.throttling import check_failures
from knowledge.errors import HubError


class BadCredentials(HubError):
    """The e-mail or the password is wrong; which is not said."""

    code = "bad_credentials"
    status = 401


async def account_of(session: AsyncSession, email: str) -> AccountRow | None:
    """The active account of an e-mail."""
    found = select(AccountRow).where(AccountRow.email == email.strip().lower(), AccountRow.active)
    return (await session.scalars(found)).first()


async def sign_in(
    session: AsyncSession, email: str, password: str, address: str, agent: str, now: datetime
) -> SignedIn:
    """Open a session. Raises BadCredentials, TooManyAttempts. Failures are counted by
    `api.accounts.throttling.count_failure`."""
    await check_failures(session, (email, address), now)
    account = await account_of(session, email)
    if not await verified(account.password_hash if account else None, password) or account is None:
        raise BadCredentials
    return open_session(session, account, agent, now)


async def change_password(
    session: AsyncSession, account: AccountRow, current: str, new: str, keep: CounsellorSessionRow
) -> None:
    """Replace the password and end the other sessions. Raises BadCredentials, WeakPassword."""
    if not await verified(account.password_hash, current):
        raise BadCredentials(field="current")
    account.password_hash, account.must_change = await hashed_new(new, "new", current), False
    await end_sessions(session, account.id, keep=keep.id)
