"""HTTP of the accounts, for managers."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts import managing
from api.accounts.access import ChangingManagerDep, Counsellor, ManagerDep
from api.accounts.links import send_link
from api.accounts.models import AccountRow
from api.accounts.roles import Role
from api.accounts.sessions import end_sessions, sessions_of
from api.database import ServicesDep, SessionDep, aware
from api.services import Services

router = APIRouter(prefix="/api/accounts")

# Neither space nor end of line: it goes into the head of a mail.
_Email = Annotated[
    str, StringConstraints(to_lower=True, strip_whitespace=True, max_length=254, pattern=r"^[^\s@,;:<>]+@[^\s@,;:<>]+$")
]
_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\r\n]+$")]
_Hubs = Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(min_length=1, max_length=50)]


class Invitation(BaseModel):
    """Someone to give an account to. `hubs` holds ids, or `*` alone for all."""

    model_config = ConfigDict(extra="forbid")
    email: _Email
    name: _Name
    role: Role
    hubs: _Hubs


class Changes(BaseModel):
    """What to change of an account; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    role: Role | None = None
    hubs: _Hubs | None = None
    active: bool | None = None


class Account(BaseModel):
    """An account as its managers see it. `invited`: no password was chosen yet; `may_change`: this manager may."""

    id: str
    email: str
    name: str
    role: str
    hubs: list[str]
    active: bool
    invited: bool
    totp: bool
    may_change: bool
    created_at: datetime
    sessions: int


class Linked(Account):
    """An account to which a link was sent: by mail, or, where the program sends none, `link` to pass on, told once."""

    link: str | None


class Accounts(BaseModel):
    """The accounts that see the cases of the manager's hubs, by name."""

    items: list[Account]


async def changeable(account_id: str, who: ChangingManagerDep, session: SessionDep) -> AccountRow:
    """The account of the address, which the manager may change."""
    return await managing.account_to_change(session, who, account_id)


AccountDep = Annotated[AccountRow, Depends(changeable, scope="function")]


@router.get("")
async def list_accounts(who: ManagerDep, services: ServicesDep, session: SessionDep) -> Accounts:
    """Who sees the cases of the manager's hubs."""
    rows = await managing.accounts_seen(session, who)
    return Accounts(items=[await _shown(services, session, who, row) for row in rows])


@router.post("", status_code=201)
async def invite(body: Invitation, who: ChangingManagerDep, services: ServicesDep, session: SessionDep) -> Linked:
    """Invite someone. Raises EmailTaken, UnknownHubs, NotAllowed."""
    account, link = await managing.invite(services, session, who, body.email, body.name, body.role, body.hubs)
    return await _linked(services, session, who, account, link)


@router.patch("/{account_id}")
async def change(
    body: Changes, account: AccountDep, who: ChangingManagerDep, services: ServicesDep, session: SessionDep
) -> Account:
    """Change role, hubs or access. Raises UnknownHubs, NotAllowed."""
    await managing.change(services, session, who, account, body.role, body.hubs, active=body.active)
    return await _shown(services, session, who, account)


@router.post("/{account_id}/link")
async def link_again(
    account: AccountDep, who: ChangingManagerDep, services: ServicesDep, session: SessionDep
) -> Linked:
    """Send a new link to choose a password."""
    link = await send_link(session, account, services.settings, services.clock.now())
    return await _linked(services, session, who, account, link)


@router.delete("/{account_id}/sessions", status_code=204)
async def sign_out(account: AccountDep, session: SessionDep) -> None:
    """End all sessions of the account."""
    await end_sessions(session, account.id)


async def _shown(services: Services, session: AsyncSession, who: Counsellor, account: AccountRow) -> Account:
    live = await sessions_of(session, account.id, services.clock.now()) if account.active else []
    return Account(
        id=account.id,
        email=account.email,
        name=account.name,
        role=account.role,
        hubs=account.hubs,
        active=account.active,
        invited=not account.password_hash,
        totp=account.totp_on,
        may_change=managing.may_change(who, account),
        created_at=aware(account.created_at),
        sessions=len(live),
    )


async def _linked(
    services: Services, session: AsyncSession, who: Counsellor, account: AccountRow, link: str | None
) -> Linked:
    return Linked(**(await _shown(services, session, who, account)).model_dump(), link=link)
