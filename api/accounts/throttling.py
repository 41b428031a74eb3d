"""Guessing is stopped for a while: failures are counted by account and by address, in the database."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import LoginFailureRow
from api.accounts.tokens import digest
from knowledge.errors import HubError

FAILURES_ALLOWED = 8
FAILURES_WINDOW = timedelta(minutes=10)


class TooManyAttempts(HubError):
    """Too many failures lately for this e-mail or this address."""

    code = "too_many_attempts"
    status = 429


async def check_failures(session: AsyncSession, keys: Iterable[str], now: datetime) -> None:
    """Raises TooManyAttempts once one of the keys failed `FAILURES_ALLOWED` times within `FAILURES_WINDOW`."""
    for key in keys:
        recent = select(func.count()).where(
            LoginFailureRow.key == _key(key), LoginFailureRow.at > now - FAILURES_WINDOW
        )
        if (await session.scalar(recent) or 0) >= FAILURES_ALLOWED:
            raise TooManyAttempts(retry_after=int(FAILURES_WINDOW.total_seconds()))


async def count_failure(session: AsyncSession, keys: Iterable[str], now: datetime) -> None:
    """Remember a failure for as long as it counts."""
    await session.execute(delete(LoginFailureRow).where(LoginFailureRow.at < now - FAILURES_WINDOW))
    session.add_all(LoginFailureRow(key=_key(key), at=now) for key in keys)


def _key(value: str) -> str:
    return digest(value.strip().lower())
