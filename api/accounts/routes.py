"""HTTP of counsellors' sessions."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.accounts.access import COOKIE, ChangingCounsellorDep, Counsellor, CounsellorDep
from api.accounts.models import CounsellorSessionRow
from api.accounts.roles import Role
from api.accounts.second_step import BadTotp
from api.accounts.service import Attempt, BadCredentials, change_password, sign_in
from api.accounts.sessions import SESSION_LENGTH, SignedIn, end_session, end_sessions, sessions_of
from api.accounts.throttling import count_failure
from api.accounts.vault import open_vault
from api.database import ServicesDep, SessionDep, aware
from api.settings import Settings

router = APIRouter()

_Short = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class Credentials(BaseModel):
    """An e-mail and its password; `totp` where the account has a second step: a code of the phone, or a recovery
    code."""

    model_config = ConfigDict(extra="forbid")
    email: _Short
    password: _Short
    totp: Annotated[str, StringConstraints(max_length=40)] | None = None


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
    totp: bool
    must_enrol: bool


class Profile(BaseModel):
    """What someone changes of their own account."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\r\n]+$")]


class SessionItem(BaseModel):
    """A signed-in browser of one's own. `device` names browser and system, where they are known."""

    id: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    current: bool

    @classmethod
    def of(cls, row: CounsellorSessionRow, current: str) -> "SessionItem":
        """What of a session is shown; `current` is the id of the one that asks."""
        return cls(
            id=row.id,
            device=row.device,
            created_at=aware(row.created_at),
            last_seen_at=aware(row.last_seen_at),
            current=row.id == current,
        )


class Sessions(BaseModel):
    """One's own sessions, last used first."""

    items: list[SessionItem]


def set_cookie(response: Response, signed: SignedIn, settings: Settings) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        signed.token,
        max_age=int(SESSION_LENGTH.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings.cookie_secure,
    )


@router.post("/api/session")
async def open_session(
    body: Credentials,
    request: Request,
    response: Response,
    services: ServicesDep,
    user_agent: Annotated[str, Header()] = "",
) -> Csrf:
    """Sign in."""
    address = request.client.host if request.client else ""
    attempt = Attempt(body.email, body.password, body.totp, address, user_agent)
    now, settings = services.clock.now(), services.settings
    try:
        async with services.sessions() as session, session.begin():
            signed = await sign_in(session, attempt, lambda: open_vault(settings), now)
    except (BadCredentials, BadTotp):
        async with services.sessions() as session, session.begin():
            await count_failure(session, attempt.keys, now)
        raise
    set_cookie(response, signed, settings)
    return Csrf(csrf=signed.csrf)


@router.delete("/api/session", status_code=204)
async def close_session(signed: ChangingCounsellorDep, response: Response, session: SessionDep) -> None:
    """Sign out."""
    await end_session(session, signed.account.id, signed.session.id)
    response.delete_cookie(COOKIE)


@router.get("/api/me")
async def me(signed: CounsellorDep) -> Me:
    """Who is signed in."""
    return _me(signed)


@router.patch("/api/me")
async def change_profile(body: Profile, signed: ChangingCounsellorDep) -> Me:
    """Change one's own name, which persons read when a counsellor answers them."""
    signed.account.name = body.name
    return _me(signed)


@router.post("/api/me/password", status_code=204)
async def replace_password(body: NewPassword, signed: ChangingCounsellorDep, session: SessionDep) -> None:
    """Choose a password of one's own; other sessions are ended."""
    await change_password(session, signed.account, body.current, body.new, signed.session)


@router.get("/api/me/sessions")
async def list_sessions(signed: CounsellorDep, services: ServicesDep, session: SessionDep) -> Sessions:
    """Where one is signed in."""
    rows = await sessions_of(session, signed.account.id, services.clock.now())
    return Sessions(items=[SessionItem.of(row, signed.session.id) for row in rows])


@router.delete("/api/me/sessions", status_code=204)
async def end_other_sessions(signed: ChangingCounsellorDep, session: SessionDep) -> None:
    """Sign out everywhere else."""
    await end_sessions(session, signed.account.id, keep=signed.session.id)


@router.delete("/api/me/sessions/{session_id}", status_code=204)
async def end_one_session(session_id: str, signed: ChangingCounsellorDep, session: SessionDep) -> None:
    """Sign out of one browser."""
    await end_session(session, signed.account.id, session_id)


def _me(signed: Counsellor) -> Me:
    account = signed.account
    return Me(
        id=account.id,
        email=account.email,
        name=account.name,
        hubs=account.hubs,
        role=signed.role,
        must_change=account.must_change,
        totp=account.totp_on,
        must_enrol=signed.must_enrol,
        csrf=signed.session.csrf,
    )
