"""One request is one transaction: committed when the request succeeds, rolled back when it does not."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession

from api.services import Services
from knowledge.errors import Unavailable


async def services(request: Request) -> Services:
    """The services of the running application. Raises Unavailable while they are being loaded."""
    found: Services | None = request.app.state.services
    if found is None:
        raise Unavailable
    return found


ServicesDep = Annotated[Services, Depends(services)]


async def session(services: ServicesDep) -> AsyncIterator[AsyncSession]:
    """A session whose transaction ends before the response is sent, so that what follows can read it."""
    async with services.sessions() as opened, opened.begin():
        yield opened


SessionDep = Annotated[AsyncSession, Depends(session, scope="function")]


def aware(moment: datetime) -> datetime:
    """A moment read back from the database: SQLite forgets the time zone, which is always UTC here."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def overwrite_what_goes(session: AsyncSession) -> None:
    """Where SQLite only marks what is deleted as free, have it overwritten, for as long as this connection lasts."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(sql("PRAGMA secure_delete=ON"))
