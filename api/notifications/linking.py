"""Links of a mail are made as it leaves, so that none waits in the database in clear."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.links import new_link
from api.accounts.models import AccountRow
from api.notifications.failures import Permanent
from api.notifications.models import OutboxRow
from api.notifications.outbox import ACCOUNT_LINK, RETURN_LINK
from api.returning import links
from api.services import Services


async def with_links(services: Services, row: OutboxRow) -> dict[str, Any]:
    """What is sent, with fresh links where they are called for. Raises Permanent for an account that was closed."""
    text = str(row.content.get("text", ""))
    if RETURN_LINK not in text and ACCOUNT_LINK not in text:
        return row.content
    async with services.sessions() as session, session.begin():
        if row.conversation_id is not None and RETURN_LINK in text:
            token = await links.make(session, row.conversation_id, services.clock.now())
            text = text.replace(RETURN_LINK, f"{services.settings.site}/reprendre#{token}")
        if row.content.get("account_id") and ACCOUNT_LINK in text:
            text = text.replace(ACCOUNT_LINK, await _account_link(services, session, row.content))
    return row.content | {"text": text}


async def _account_link(services: Services, session: AsyncSession, content: Mapping[str, Any]) -> str:
    account = await session.get(AccountRow, content["account_id"])
    if account is None or not account.active:
        raise Permanent("account_closed")
    return await new_link(session, account, services.settings, services.clock.now())
