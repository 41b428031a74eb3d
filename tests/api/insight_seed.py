"""Facts of use of conversations that are gone, as months of use leave them."""

from datetime import date
from uuid import uuid4

from sqlalchemy import update

from api.accounts.models import AccountRow
from api.insights.models import InsightEventRow
from api.services import Services
from tests.api.conftest import PAUL

NOVEMBER, SUMMER = date(2026, 11, 1), date(2026, 8, 1)


async def seed(
    services: Services,
    kind: str,
    count: int,
    *,
    code: str = "",
    hub: str | None = "verdun",
    month: date = NOVEMBER,
    week: date | None = None,
    **more: object,
) -> None:
    """`count` conversations of which this is known."""
    async with services.sessions() as session, session.begin():
        session.add_all(
            InsightEventRow(
                id=uuid4().hex, month=month, week=week, hub=hub, channel="web", kind=kind, code=code, **more
            )
            for _ in range(count)
        )


async def restrict(services: Services, role: str, *hubs: str) -> None:
    """Paul has this role, in these hubs alone."""
    async with services.sessions() as session, session.begin():
        changed = update(AccountRow).where(AccountRow.email == PAUL[0])
        await session.execute(changed.values(role=role, hubs=list(hubs)))
