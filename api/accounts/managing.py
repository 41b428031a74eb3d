"""What a manager does with the accounts of their hubs."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor, NotAllowed
from api.accounts.links import send_link
from api.accounts.models import AccountRow
from api.accounts.roles import ALL_HUBS, Role, may_manage, role_of, shares
from api.accounts.sessions import end_sessions
from api.services import Services
from knowledge.errors import HubError, InvalidInput, NotFound


class EmailTaken(HubError):
    """There is an account with this e-mail already."""

    code = "email_taken"
    status = 409


class OwnAccount(HubError):
    """Nobody changes their own role, hubs or access: someone else has to."""

    code = "own_account"
    status = 409


class UnknownHubs(InvalidInput):
    """One of the hubs does not exist."""

    code = "unknown_hub"


async def accounts_seen(session: AsyncSession, who: Counsellor) -> Sequence[AccountRow]:
    """Who sees the cases of one of this manager's hubs, by name."""
    rows = await session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.email))
    return [row for row in rows if shares(who.account.hubs, row.hubs)]


def may_change(who: Counsellor, account: AccountRow) -> bool:
    """Whether this manager may change that account: not their own, and within their hubs and role."""
    return account.id != who.account.id and may_manage(who.role, who.account.hubs, role_of(account.role), account.hubs)


async def account_to_change(session: AsyncSession, who: Counsellor, account_id: str) -> AccountRow:
    """An account this manager may change. Raises NotFound for one they do not see, OwnAccount, NotAllowed."""
    account = await session.get(AccountRow, account_id, with_for_update=True)
    if account is None or not shares(who.account.hubs, account.hubs):
        raise NotFound
    if account.id == who.account.id:
        raise OwnAccount
    if not may_change(who, account):
        raise NotAllowed
    return account


async def invite(
    services: Services, session: AsyncSession, who: Counsellor, email: str, name: str, role: Role, hubs: list[str]
) -> tuple[AccountRow, str | None]:
    """A new account and its invitation: mailed, or the link to pass on. Raises EmailTaken, UnknownHubs, NotAllowed."""
    _check_grant(services, who, role, hubs)
    if await session.scalar(select(AccountRow.id).where(AccountRow.email == email)):
        raise EmailTaken(field="email")
    now = services.clock.now()
    account = AccountRow(id=uuid4().hex, email=email, name=name, password_hash="", hubs=hubs, role=role, created_at=now)
    session.add(account)
    await session.flush()
    return account, await send_link(session, account, services.settings, now)


async def change(
    services: Services,
    session: AsyncSession,
    who: Counsellor,
    account: AccountRow,
    role: Role | None = None,
    hubs: list[str] | None = None,
    *,
    active: bool | None = None,
) -> None:
    """Change what an account opens; one that is ended has its sessions ended. Raises UnknownHubs, NotAllowed."""
    wanted_role, wanted_hubs = role or role_of(account.role), account.hubs if hubs is None else hubs
    _check_grant(services, who, wanted_role, wanted_hubs)
    account.role, account.hubs = wanted_role, wanted_hubs
    if active is not None:
        account.active = active
    if not account.active:
        await end_sessions(session, account.id)


def _check_grant(services: Services, who: Counsellor, role: Role, hubs: list[str]) -> None:
    if not hubs or not {*services.catalogue.hubs, ALL_HUBS}.issuperset(hubs):
        raise UnknownHubs(field="hubs")
    if not may_manage(who.role, who.account.hubs, role, hubs):
        raise NotAllowed
