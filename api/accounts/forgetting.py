"""What of the accounts is forgotten with time: links, sessions, who opened which case."""

from api.accounts.links import forget_old_links
from api.accounts.openings import forget_old_openings
from api.accounts.sessions import forget_ended_sessions
from api.services import Services


async def forget_accounts_past(services: Services) -> None:
    """Delete what no longer serves."""
    now = services.clock.now()
    async with services.sessions() as session, session.begin():
        await forget_old_links(session, now)
        await forget_ended_sessions(session, now)
        await forget_old_openings(session, now, services.settings.access_log_days)
