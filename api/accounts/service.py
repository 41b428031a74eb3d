"""Signing in with a password and, where it is on, a second step; changing the password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, CounsellorSessionRow
from api.accounts.passwords import hashed_new, verified
from api.accounts.second_step import TotpRequired, check
from api.accounts.sessions import SignedIn, end_sessions, open_session
from api.accounts.throttling import check_failures
from api.accounts.vault import Vault
from knowledge.errors import HubError


class BadCredentials(HubError):
    """The e-mail or the password is wrong; which is not said."""

    code = "bad_credentials"
    status = 401


async def account_of(session: AsyncSession, email: str) -> AccountRow | None:
    """The active account of an e-mail."""
    found = select(AccountRow).where(AccountRow.email == email.strip().lower(), AccountRow.active)
    return (await session.scalars(found)).first()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone who tries to sign in. `totp` is the code of the second step, `address` where they come from, `agent` how
    their browser names itself."""

    email: str
    password: str
    totp: str | None
    address: str
    agent: str

    @property
    def keys(self) -> tuple[str, str]:
        """By what failures are counted."""
        return self.email, self.address


async def sign_in(session: AsyncSession, attempt: Attempt, vault: Callable[[], Vault], now: datetime) -> SignedIn:
    """Open a session. Raises BadCredentials, TotpRequired, BadTotp, TooManyAttempts. Failures are counted by
    `api.accounts.throttling.count_failure`."""
    await check_failures(session, attempt.keys, now)
    account = await account_of(session, attempt.email)
    if not await verified(account.password_hash if account else None, attempt.password) or account is None:
        raise BadCredentials
    if account.totp_on:
        if not attempt.totp:
            raise TotpRequired(field="totp")
        await check(session, account, vault(), attempt.totp, now)
    return open_session(session, account, attempt.agent, now)


async def check_password(account: AccountRow, password: str) -> None:
    """Someone signed in proves again who they are. Raises BadCredentials."""
    if not await verified(account.password_hash, password):
        raise BadCredentials(field="password")


async def change_password(
    session: AsyncSession, account: AccountRow, current: str, new: str, keep: CounsellorSessionRow
) -> None:
    """Replace the password and end the other sessions. Raises BadCredentials, WeakPassword."""
    if not await verified(account.password_hash, current):
        raise BadCredentials(field="current")
    account.password_hash, account.must_change = await hashed_new(new, "new", current), False
    await end_sessions(session, account.id, keep=keep.id)
