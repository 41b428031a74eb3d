"""HTTP of the links to choose a password: asking for one, and using it. Open to all: who holds the link proves it."""

from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.accounts.links import account_behind, send_link, use_link
from api.accounts.service import account_of
from api.accounts.throttling import check_failures, count_failure
from api.database import ServicesDep, SessionDep
from api.services import Services

router = APIRouter(prefix="/api/account-links")

_Token = Annotated[str, StringConstraints(min_length=1, max_length=100)]
_Short = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class Forgotten(BaseModel):
    """The e-mail of an account whose password is forgotten."""

    model_config = ConfigDict(extra="forbid")
    email: _Short


class Opening(BaseModel):
    """The token of a link."""

    model_config = ConfigDict(extra="forbid")
    token: _Token


class Choice(Opening):
    """The token of a link, and the password chosen."""

    password: _Short


class Asked(BaseModel):
    """The same answer whether there is an account or not."""


class Opened(BaseModel):
    """Whose link it is."""

    email: str
    name: str
    purpose: Literal["invitation", "reset"]


@router.post("", status_code=202)
async def ask(body: Forgotten, request: Request, services: ServicesDep, later: BackgroundTasks) -> Asked:
    """Have a link mailed, where there is an account. Raises TooManyAttempts."""
    keys = [f"link:{value}" for value in (body.email, request.client.host if request.client else "")]
    now = services.clock.now()
    async with services.sessions() as session, session.begin():
        await check_failures(session, keys, now)
        await count_failure(session, keys, now)
    # Once answered, so that the time it takes tells nothing.
    later.add_task(_mail, services, body.email)
    return Asked()


@router.post("/open")
async def read(body: Opening, services: ServicesDep, session: SessionDep) -> Opened:
    """Whose link it is. Raises LinkOver."""
    account, link = await account_behind(session, body.token, services.clock.now())
    return Opened.model_validate({"email": account.email, "name": account.name, "purpose": link.purpose})


@router.post("/use", status_code=204)
async def choose(body: Choice, services: ServicesDep, session: SessionDep) -> None:
    """Choose the password; the link works no more. Raises LinkOver, WeakPassword."""
    await use_link(session, body.token, body.password, services.clock.now())


async def _mail(services: Services, email: str) -> None:
    if not services.settings.sends_mail:
        return
    async with services.sessions() as session, session.begin():
        account = await account_of(session, email)
        if account is not None:
            await send_link(session, account, services.settings, services.clock.now())
