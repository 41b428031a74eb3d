"""Links to choose a password: an invitation, or a password forgotten. They work once, and not for long."""

import secrets
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountLinkRow, AccountRow
from api.accounts.passwords import hashed_new
from api.accounts.sessions import end_sessions
from api.accounts.tokens import digest
from api.database import aware
from api.notifications.outbox import ACCOUNT_LINK, queue_mail
from api.settings import Settings
from knowledge.errors import HubError

Purpose = Literal["invitation", "reset"]
LASTS: Final[dict[Purpose, timedelta]] = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}
_PAGES: Final[dict[Purpose, str]] = {"invitation": "/conseil/invitation", "reset": "/conseil/mot-de-passe"}


class LinkOver(HubError):
    """The link was used, replaced, or is too old, or never was."""

    code = "link_over"
    status = 410


def purpose_for(account: AccountRow) -> Purpose:
    """An account without a password was invited and has not answered yet."""
    return "reset" if account.password_hash else "invitation"


async def new_link(session: AsyncSession, account: AccountRow, settings: Settings, now: datetime) -> str:
    """The address to open, told once; links made before for this account no longer work. The token stands after `#`,
    which browsers send to no server."""
    token, purpose = secrets.token_urlsafe(32), purpose_for(account)
    await _forget(session, account.id)
    session.add(
        AccountLinkRow(
            token_hash=digest(token), account_id=account.id, purpose=purpose, expires_at=now + LASTS[purpose]
        )
    )
    return f"{settings.site}{_PAGES[purpose]}#{token}"


async def send_link(session: AsyncSession, account: AccountRow, settings: Settings, now: datetime) -> str | None:
    """Mail a new link, which is made as the mail leaves; where the program sends no mail, the link itself, for who
    asked to pass it on. Links made before for this account no longer work."""
    template = f"account_{purpose_for(account)}"
    if not settings.sends_mail:
        return await new_link(session, account, settings, now)
    await _forget(session, account.id)
    queue_mail(
        session,
        to=account.email,
        template=template,
        now=now,
        account_id=account.id,
        name=account.name,
        url=ACCOUNT_LINK,
    )
    return None


async def account_behind(session: AsyncSession, token: str, now: datetime) -> tuple[AccountRow, AccountLinkRow]:
    """Whose link it is. Raises LinkOver."""
    link = await session.get(AccountLinkRow, digest(token), with_for_update=True)
    account = await session.get(AccountRow, link.account_id) if link else None
    if link is None or account is None or not account.active or now > aware(link.expires_at):
        raise LinkOver
    return account, link


async def use_link(session: AsyncSession, token: str, password: str, now: datetime) -> None:
    """Set the password of the account and end its sessions and links. Raises LinkOver, WeakPassword."""
    account, _link = await account_behind(session, token, now)
    account.password_hash, account.must_change = await hashed_new(password, "password"), False
    await _forget(session, account.id)
    await end_sessions(session, account.id)


async def forget_old_links(session: AsyncSession, now: datetime) -> None:
    """Delete the links that no longer work."""
    await session.execute(delete(AccountLinkRow).where(AccountLinkRow.expires_at < now))


async def _forget(session: AsyncSession, account_id: str) -> None:
    await session.execute(delete(AccountLinkRow).where(AccountLinkRow.account_id == account_id))
