"""What managers see of the outbox, and do with what could not be sent."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.database import overwrite_what_goes
from api.notifications.models import OutboxRow
from knowledge.errors import HubError, NotFound

SHOWN_MAX = 200


class NotDead(HubError):
    """Only what could not be sent can be sent again or discarded."""

    code = "not_dead"
    status = 409


async def listed(session: AsyncSession, who: Counsellor, status: str | None) -> list[OutboxRow]:
    """What concerns this manager's hubs, or none, latest first, 200 at most."""
    found = select(OutboxRow).order_by(OutboxRow.created_at.desc(), OutboxRow.id).limit(SHOWN_MAX)
    if status is not None:
        found = found.where(OutboxRow.status == status)
    if who.hubs is not None:
        found = found.where(or_(OutboxRow.hub.is_(None), OutboxRow.hub.in_(who.hubs)))
    return list(await session.scalars(found))


async def send_again(session: AsyncSession, who: Counsellor, row_id: str, now: datetime) -> OutboxRow:
    """Have it sent at the next pass, with all its attempts before it. Raises NotFound, NotDead."""
    row = await _dead(session, who, row_id)
    row.status, row.attempts, row.next_attempt_at, row.last_error = "waiting", 0, now, None
    return row


async def discard(session: AsyncSession, who: Counsellor, row_id: str) -> None:
    """Delete what could not be sent. Raises NotFound, NotDead."""
    row = await _dead(session, who, row_id)
    await overwrite_what_goes(session)
    await session.delete(row)


async def _dead(session: AsyncSession, who: Counsellor, row_id: str) -> OutboxRow:
    row = await session.get(OutboxRow, row_id, with_for_update=True)
    if row is None or not who.may_see(row.hub):
        raise NotFound
    if row.status != "dead":
        raise NotDead
    return row
