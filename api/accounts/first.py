"""The accounts that the program makes by itself: those of the settings, and the first one of a fresh install."""

import secrets
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow
from api.accounts.passwords import hashed
from api.accounts.roles import ALL_HUBS
from knowledge.clock import Clock
from knowledge.errors import InvalidInput

FIRST_ACCOUNT = "conseil@hub.local"


class BadBootstrap(InvalidInput):
    """`HUB_BOOTSTRAP_COUNSELLOR` is not `email:password`, separated by commas."""

    code = "bad_bootstrap"


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


def _account(email: str, password: str, now: datetime, *, must_change: bool) -> AccountRow:
    return AccountRow(
        id=uuid4().hex,
        email=email.lower(),
        name=email.partition("@")[0].replace(".", " ").title(),
        password_hash=hashed(password),
        hubs=[ALL_HUBS],
        role="administrator",
        must_change=must_change,
        created_at=now,
    )
