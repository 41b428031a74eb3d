"""HTTP of counsellors' sessions."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.accounts.access import COOKIE, ChangingCounsellorDep, CounsellorDep
from api.accounts.roles import Role
from api.accounts.service import (
    SESSION_LENGTH,
    BadCredentials,
    change_password,
    count_failure,
    sign_in,
    sign_out,
)
from api.database import ServicesDep, SessionDep

router = APIRouter()

_Short = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class Credentials(BaseModel):
    """An e-mail and its password."""

    model_config = ConfigDict(extra="forbid")
    email: _Short
    password: _Short


class NewPassword(BaseModel):
    """The password in use and the one to replace it."""

    model_config = ConfigDict(extra="forbid")
    current: _Short
    new: _Short


class Csrf(BaseModel):
    """The token that every change must carry in `X-CSRF-Token`."""

    csrf: str


class Me(Csrf):
    """The signed-in counsellor."""

    id: str
    email: str
    name: str
    hubs: list[str]
    role: Role
    must_change: bool


@router.post("/api/session")
async def open_session(body: Credentials, request: Request, response: Response, services: ServicesDep) -> Csrf:
    """Sign in."""
    address, now = request.client.host if request.client else "", services.clock.now()
    try:
        async with services.sessions() as session, session.begin():
            signed = await sign_in(session, body.email, body.password, address, now)
    except BadCredentials:
        async with services.sessions() as session, session.begin():
            await count_failure(session, body.email, address, now)
        raise
    response.set_cookie(
        COOKIE,
        signed.token,
        max_age=int(SESSION_LENGTH.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=services.settings.cookie_secure,
    )
    return Csrf(csrf=signed.csrf)


@router.delete("/api/session", status_code=204)
async def close_session(
    _signed: ChangingCounsellorDep,
    response: Response,
    session: SessionDep,
    hub_session: Annotated[str, Cookie()],
) -> None:
    """Sign out."""
    await sign_out(session, hub_session)
    response.delete_cookie(COOKIE)


@router.get("/api/me")
async def me(signed: CounsellorDep) -> Me:
    """Who is signed in."""
    account = signed.account
    return Me(
        id=account.id,
        email=account.email,
        name=account.name,
        hubs=account.hubs,
        role=signed.role,
        must_change=account.must_change,
        csrf=signed.session.csrf,
    )


@router.post("/api/me/password", status_code=204)
async def replace_password(body: NewPassword, signed: ChangingCounsellorDep, session: SessionDep) -> None:
    """Choose a password of one's own; other sessions are closed."""
    await change_password(session, signed.account, body.current, body.new, signed.session)
