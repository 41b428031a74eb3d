"""Who opened which case, and when: what it holds is not written down. Kept `access_log_days` days."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.models import AccountRow, CaseOpeningRow
from api.database import aware

# A desk reads an open case again at each change: that is one opening.
SAME_OPENING = timedelta(minutes=30)
SHOWN_MAX = 200


async def note_opening(session: AsyncSession, who: Counsellor, case_id: str, hub: str | None, now: datetime) -> None:
    """Write down that a case was opened, unless the same person just did."""
    mine = select(CaseOpeningRow.at).where(
        CaseOpeningRow.account_id == who.account.id, CaseOpeningRow.case_id == case_id
    )
    last = await session.scalar(mine.order_by(CaseOpeningRow.at.desc()).limit(1))
    if last is None or now - aware(last) > SAME_OPENING:
        session.add(CaseOpeningRow(account_id=who.account.id, case_id=case_id, hub=hub, at=now))


async def openings(session: AsyncSession, who: Counsellor, *, own: bool) -> Sequence[tuple[CaseOpeningRow, AccountRow]]:
    """One's own openings, or those of the cases of a manager's hubs and of no hub; latest first, 200 at most."""
    found = select(CaseOpeningRow, AccountRow).join(AccountRow, AccountRow.id == CaseOpeningRow.account_id)
    if own:
        found = found.where(CaseOpeningRow.account_id == who.account.id)
    elif who.hubs is not None:
        found = found.where(or_(CaseOpeningRow.hub.is_(None), CaseOpeningRow.hub.in_(who.hubs)))
    rows = await session.execute(found.order_by(CaseOpeningRow.at.desc(), CaseOpeningRow.id.desc()).limit(SHOWN_MAX))
    return [(opening, account) for opening, account in rows]


async def forget_old_openings(session: AsyncSession, now: datetime, days: int) -> None:
    """Delete what is older than `days`."""
    await session.execute(delete(CaseOpeningRow).where(CaseOpeningRow.at < now - timedelta(days=days)))
