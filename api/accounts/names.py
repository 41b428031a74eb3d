"""What an account is called, for people."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.models import AccountRow


async def account_name(session: AsyncSession, account_id: str | None) -> str | None:
    """The name of an account; None for nobody."""
    account = await session.get(AccountRow, account_id) if account_id else None
    return account.name if account else None
