"""Who is written to: the team of a hub, and the person where they want it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import may_see
from api.accounts.models import AccountRow
from api.accounts.roles import ALL_HUBS, REGIONALS
from api.conversations.models import ConversationRow
from api.hubs.versions import published
from bot.profile import too_young_for_contact


async def of_hub(session: AsyncSession, hub: str | None, *, regional: bool = False) -> list[str]:
    """Where a hub is written to: the address of its record, else those of its counsellors, else those of the accounts
    that see every hub; for what was given to the `regional` level, the accounts of that level."""
    accounts = list(await session.scalars(select(AccountRow).where(AccountRow.active).order_by(AccountRow.email)))
    if regional:
        return [account.email for account in accounts if account.role in REGIONALS and may_see(account, hub)]
    if email := (await published(session, hub)).record.email:
        return [email]
    team = [account.email for account in accounts if hub in account.hubs and account.role != "regional"]
    return team or [account.email for account in accounts if ALL_HUBS in account.hubs]


def of_person(conversation: ConversationRow) -> str | None:
    """The person's address, where they want news there; never under 15."""
    age, email = conversation.profile.get("age"), conversation.profile.get("email")
    if not isinstance(email, str) or too_young_for_contact(age):
        return None
    return email if wants_news(conversation) else None


def wants_news(conversation: ConversationRow) -> bool:
    """Whether the person agreed to mails: by the box of the chat, else by answering the question that asks where they
    can be written to. An address said in passing is no agreement."""
    if conversation.mail_news is not None:
        return conversation.mail_news
    return bool(conversation.profile.get("email") and conversation.memory.get("asked", {}).get("email"))
