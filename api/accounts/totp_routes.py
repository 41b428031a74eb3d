"""HTTP of the second step: turning it on and off. The password is asked again: a browser left open is not enough."""

from typing import Annotated

import segno
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.accounts import second_step
from api.accounts.access import ChangingCounsellorDep
from api.accounts.managing_routes import AccountDep
from api.accounts.service import check_password
from api.accounts.sessions import end_sessions
from api.accounts.vault import open_vault
from api.database import ServicesDep, SessionDep
from knowledge.errors import HubError

router = APIRouter()

_Short = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class TotpIsTheRule(HubError):
    """The setting `totp_required` leaves nobody the choice."""

    code = "totp_is_the_rule"
    status = 409


class Proof(BaseModel):
    """The password again."""

    model_config = ConfigDict(extra="forbid")
    password: _Short


class Code(BaseModel):
    """A code of the phone."""

    model_config = ConfigDict(extra="forbid")
    totp: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Secret(BaseModel):
    """What the application of the phone needs: `qr` is a picture (data URL) of `uri`; `secret` is typed instead."""

    secret: str
    uri: str
    qr: str


class RecoveryCodes(BaseModel):
    """Codes for a lost phone, told this once."""

    recovery_codes: list[str]


@router.post("/api/me/totp")
async def begin(body: Proof, signed: ChangingCounsellorDep, services: ServicesDep) -> Secret:
    """A secret to put into the phone. Raises BadCredentials, TotpAlreadyOn."""
    await check_password(signed.account, body.password)
    secret, uri = second_step.begin(signed.account, open_vault(services.settings))
    return Secret(secret=secret, uri=uri, qr=segno.make(uri, error="m").svg_data_uri(scale=4, border=4, light="#fff"))


@router.post("/api/me/totp/confirm")
async def confirm(
    body: Code, signed: ChangingCounsellorDep, services: ServicesDep, session: SessionDep
) -> RecoveryCodes:
    """Turn it on; other sessions are ended. Raises BadTotp, TotpAlreadyOn."""
    vault, now = open_vault(services.settings), services.clock.now()
    codes = await second_step.confirm(session, signed.account, vault, body.totp, now)
    await end_sessions(session, signed.account.id, keep=signed.session.id)
    return RecoveryCodes(recovery_codes=list(codes))


@router.post("/api/me/totp/recovery-codes")
async def renew(body: Proof, signed: ChangingCounsellorDep, session: SessionDep) -> RecoveryCodes:
    """Fresh recovery codes. Raises BadCredentials."""
    await check_password(signed.account, body.password)
    return RecoveryCodes(recovery_codes=list(await second_step.new_recovery_codes(session, signed.account)))


@router.post("/api/me/totp/off", status_code=204)
async def turn_off(body: Proof, signed: ChangingCounsellorDep, services: ServicesDep, session: SessionDep) -> None:
    """Turn it off. Raises BadCredentials, TotpIsTheRule."""
    await check_password(signed.account, body.password)
    if services.settings.totp_required:
        raise TotpIsTheRule
    await second_step.turn_off(session, signed.account)


@router.delete("/api/accounts/{account_id}/totp", status_code=204)
async def forget_phone(account: AccountDep, session: SessionDep) -> None:
    """A manager turns it off for someone who lost phone and codes; their sessions are ended."""
    await second_step.turn_off(session, account)
    await end_sessions(session, account.id)
