"""The second step of signing in: a code of an application on a phone (TOTP, RFC 6238), or a recovery code. Each works
once."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
from sqlalchemy import CursorResult, delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow, RecoveryCodeRow
from api.accounts.tokens import digest, same
from api.accounts.vault import Vault
from knowledge.errors import HubError

ISSUER = "Hub des compétences"
RECOVERY_CODES = 8
STEP_SECONDS = 30
_RECOVERY_BYTES = 10  # 80 bits: a digest of it cannot be guessed back
_DRIFT = (0, -1, 1)  # steps by which a phone may be early or late


class TotpRequired(HubError):
    """The password is right, and the account asks for a code too."""

    code = "totp_required"
    status = 401


class BadTotp(HubError):
    """The code is wrong, too old, or was used already."""

    code = "bad_totp"
    status = 401


class TotpAlreadyOn(HubError):
    """The account has its second step already."""

    code = "totp_already_on"
    status = 409


def begin(account: AccountRow, vault: Vault) -> tuple[str, str]:
    """A fresh secret, and its address for the application of the phone. It opens nothing before `confirm`. Raises
    TotpAlreadyOn."""
    if account.totp_on:
        raise TotpAlreadyOn
    secret = pyotp.random_base32()
    account.totp_secret = vault.lock(secret)
    return secret, pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=ISSUER)


async def confirm(session: AsyncSession, account: AccountRow, vault: Vault, code: str, now: datetime) -> Sequence[str]:
    """Turn the second step on, once the phone shows the right code; the recovery codes, told once. Raises BadTotp,
    TotpAlreadyOn."""
    if account.totp_on:
        raise TotpAlreadyOn
    await _use_code(session, account, vault, code, now)
    account.totp_on = True
    return await new_recovery_codes(session, account)


async def check(session: AsyncSession, account: AccountRow, vault: Vault, code: str, now: datetime) -> None:
    """Use a code of the phone, or a recovery code. Raises BadTotp."""
    digits = "".join(code.split())
    if digits.isascii() and digits.isdigit():
        await _use_code(session, account, vault, digits, now)
        return
    used = delete(RecoveryCodeRow).where(
        RecoveryCodeRow.code_hash == digest(_plain(code)), RecoveryCodeRow.account_id == account.id
    )
    if await _changed(session, used) != 1:
        raise BadTotp(field="totp")


async def turn_off(session: AsyncSession, account: AccountRow) -> None:
    """Ask for no second step any more."""
    account.totp_on, account.totp_secret = False, None
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account.id))


async def new_recovery_codes(session: AsyncSession, account: AccountRow) -> Sequence[str]:
    """Codes for a lost phone, told once; those before no longer work."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account.id))
    drawn = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCodeRow(code_hash=digest(code), account_id=account.id) for code in drawn)
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in drawn]


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step of 30 seconds whose code this is, now or one step aside."""
    current, totp = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    steps = (current + drift for drift in _DRIFT)
    return next((step for step in steps if same(totp.at(step * STEP_SECONDS), code)), None)


async def _use_code(session: AsyncSession, account: AccountRow, vault: Vault, code: str, now: datetime) -> None:
    step = matching_step(vault.unlock(account.totp_secret), "".join(code.split()), now) if account.totp_secret else None
    # The database decides, so that of two requests with the same code one is let in.
    unused = or_(AccountRow.totp_last_step.is_(None), AccountRow.totp_last_step < (step or 0))
    used = update(AccountRow).where(AccountRow.id == account.id, unused).values(totp_last_step=step)
    if step is None or await _changed(session, used) != 1:
        raise BadTotp(field="totp")


async def _changed(session: AsyncSession, statement: object) -> int:
    result = await session.execute(statement)  # type: ignore[call-overload]  # an update or a delete
    return result.rowcount if isinstance(result, CursorResult) else 0


def _plain(code: str) -> str:
    return "".join(char for char in code.lower() if char.isalnum())
