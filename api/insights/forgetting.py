"""Forgetting when facts of use happened, to the month."""

from datetime import timedelta

from sqlalchemy import update

from api.insights.models import InsightEventRow
from api.insights.period import WEEKS_KEPT, week_of
from api.services import Services


async def forget_weeks(services: Services) -> None:
    """Leave only the month of facts of more than `WEEKS_KEPT` weeks ago."""
    past = week_of(services.clock.today()) - timedelta(weeks=WEEKS_KEPT)
    async with services.sessions() as session, session.begin():
        await session.execute(update(InsightEventRow).where(InsightEventRow.week < past).values(week=None))
