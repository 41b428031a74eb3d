"""Counsellors' accounts: signing in and out, passwords, the first account of a fresh install."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, CounsellorSessionRow, LoginFailureRow
from api.database import aware
from knowledge.clock import Clock
from knowledge.errors import HubError, InvalidInput

SESSION_LENGTH = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
PASSWORD_MIN_CHARS = 12
FAILURES_ALLOWED = 8
FAILURES_WINDOW = timedelta(minutes=10)
ALL_HUBS = "*"
FIRST_ACCOUNT = "conseil@hub.local"

_hasher = PasswordHasher()
# Verified when no account has the e-mail, so that both refusals take the same time.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


class NotSignedIn(HubError):
    """No session, or one that ended."""

    code = "not_signed_in"
    status = 401


class BadCredentials(HubError):
    """The e-mail or the password is wrong; which is not said."""

    code = "bad_credentials"
    status = 401


class TooManyAttempts(HubError):
    """Too many failures lately for this e-mail or this address."""

    code = "too_many_attempts"
    status = 429


class WeakPassword(InvalidInput):
    """The new password is too short, or is the old one."""

    code = "weak_password"


class BadBootstrap(InvalidInput):
    """`HUB_BOOTSTRAP_COUNSELLOR` is not `email:password`, separated by commas."""

    code = "bad_bootstrap"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the cookie's value, told once, and the CSRF token."""

    token: str
    csrf: str


async def sign_in(session: AsyncSession, email: str, password: str, address: str, now: datetime) -> SignedIn:
    """Open a session. Raises BadCredentials, TooManyAttempts. A failure is counted by `count_failure`."""
    await _check_failures(session, (email, address), now)
    account = (await session.scalars(select(AccountRow).where(AccountRow.email == email.strip().lower()))).first()
    if not await _verified(account.password_hash if account else _NOBODY, password) or account is None:
        raise BadCredentials
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.add(
        CounsellorSessionRow(
            token_hash=digest(token),
            account_id=account.id,
            csrf=csrf,
            last_seen_at=now,
            expires_at=now + SESSION_LENGTH,
        )
    )
    return SignedIn(token, csrf)


async def count_failure(session: AsyncSession, email: str, address: str, now: datetime) -> None:
    """Remember a failed sign-in for as long as it counts."""
    await session.execute(delete(LoginFailureRow).where(LoginFailureRow.at < now - FAILURES_WINDOW))
    session.add_all(LoginFailureRow(key=_key(value), at=now) for value in (email, address))


async def sign_out(session: AsyncSession, token: str) -> None:
    """Close a session."""
    await session.execute(delete(CounsellorSessionRow).where(CounsellorSessionRow.token_hash == digest(token)))


async def signed_in(session: AsyncSession, token: str, now: datetime) -> tuple[AccountRow, CounsellorSessionRow]:
    """The account of a session, which is kept alive. Raises NotSignedIn."""
    row = await _live_session(session, token, now)
    if row is None:
        raise NotSignedIn
    account = await session.get(AccountRow, row.account_id)
    if account is None:
        raise NotSignedIn
    if now - aware(row.last_seen_at) > timedelta(minutes=1):
        row.last_seen_at = now
    return account, row


async def is_signed_in(session: AsyncSession, token: str, now: datetime) -> bool:
    """Whether a session still is, without keeping it alive."""
    return await _live_session(session, token, now) is not None


async def change_password(
    session: AsyncSession, account: AccountRow, current: str, new: str, keep: CounsellorSessionRow
) -> None:
    """Replace the password and close the other sessions. Raises BadCredentials, WeakPassword."""
    if not await _verified(account.password_hash, current):
        raise BadCredentials(field="current")
    if len(new) < PASSWORD_MIN_CHARS or new == current:
        raise WeakPassword(field="new")
    account.password_hash, account.must_change = await asyncio.to_thread(_hasher.hash, new), False
    others = delete(CounsellorSessionRow).where(CounsellorSessionRow.account_id == account.id)
    await session.execute(others.where(CounsellorSessionRow.token_hash != keep.token_hash))


async def bootstrap_accounts(session: AsyncSession, setting: str | None, clock: Clock) -> None:
    """Create the accounts of `HUB_BOOTSTRAP_COUNSELLOR` that do not exist, with access to every hub. Raises
    BadBootstrap."""
    for entry in filter(None, (part.strip() for part in (setting or "").split(","))):
        email, separator, password = entry.partition(":")
        if not separator or "@" not in email or not password:
            raise BadBootstrap
        if not await session.scalar(select(AccountRow.id).where(AccountRow.email == email.lower())):
            session.add(_account(email, password, clock.now(), must_change=False))


async def ensure_first_account(session: AsyncSession, clock: Clock) -> tuple[str, str] | None:
    """When there is no account at all, create one; its e-mail and one-time password, to be told once."""
    if await session.scalar(select(func.count()).select_from(AccountRow)):
        return None
    password = secrets.token_urlsafe(12)
    session.add(_account(FIRST_ACCOUNT, password, clock.now(), must_change=True))
    return FIRST_ACCOUNT, password


def digest(token: str) -> str:
    """What is kept of a cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


async def _live_session(session: AsyncSession, token: str, now: datetime) -> CounsellorSessionRow | None:
    row = await session.get(CounsellorSessionRow, digest(token))
    if row is None or now > aware(row.expires_at) or now > aware(row.last_seen_at) + SESSION_IDLE:
        return None
    return row


def _account(email: str, password: str, now: datetime, *, must_change: bool) -> AccountRow:
    name = email.partition("@")[0].replace(".", " ").title()
    return AccountRow(
        id=uuid4().hex,
        email=email.lower(),
        name=name,
        password_hash=_hasher.hash(password),
        hubs=[ALL_HUBS],
        role="administrator",
        must_change=must_change,
        created_at=now,
    )


async def _verified(password_hash: str, password: str) -> bool:
    try:
        # Slow on purpose, so it is done beside the event loop.
        return await asyncio.to_thread(_hasher.verify, password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


async def _check_failures(session: AsyncSession, keys: tuple[str, ...], now: datetime) -> None:
    for key in keys:
        recent = select(func.count()).where(
            LoginFailureRow.key == _key(key), LoginFailureRow.at > now - FAILURES_WINDOW
        )
        if (await session.scalar(recent) or 0) >= FAILURES_ALLOWED:
            raise TooManyAttempts(retry_after=int(FAILURES_WINDOW.total_seconds()))


def _key(value: str) -> str:
    return digest(value.strip().lower())
