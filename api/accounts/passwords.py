"""Passwords: kept as Argon2, long enough, compared in the same time whether there is an account or not."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from knowledge.errors import InvalidInput

PASSWORD_MIN_CHARS = 12

HASHER = PasswordHasher()
# Verified where there is no account, or none with a password yet, so that all refusals take the same time.
_NOBODY = HASHER.hash(secrets.token_urlsafe())


class WeakPassword(InvalidInput):
    """The new password is too short, or is the old one."""

    code = "weak_password"


def hashed(password: str) -> str:
    """What is kept of a password. Slow on purpose."""
    return HASHER.hash(password)


async def hashed_new(password: str, field: str, current: str | None = None) -> str:
    """What is kept of a new password, made beside the event loop. Raises WeakPassword, which names `field`."""
    if len(password) < PASSWORD_MIN_CHARS or password == current:
        raise WeakPassword(field=field)
    return await asyncio.to_thread(hashed, password)


async def verified(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one kept; never for an account that has none."""
    try:
        # Slow on purpose, so it is done beside the event loop.
        return await asyncio.to_thread(HASHER.verify, password_hash or _NOBODY, password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False
