"""The figures that a steerer asks for: of their hubs only."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BeforeValidator
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor, SteererDep
from api.database import ServicesDep, SessionDep
from api.insights.counting import Scope, comments, counts
from api.insights.figures import Both, figures
from api.insights.period import By, period_of
from api.insights.schemas import Insights
from api.services import Services
from knowledge.errors import NotFound

# A form sends the empty choice as an empty text.
Day = Annotated[date | None, BeforeValidator(lambda given: given or None)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures are asked of: a hub, None for all of the reader's; days of the first and of the last week,
    month, quarter or year."""

    hub: str | None
    from_: date | None
    to: date | None
    by: By = "month"


async def insights(services: Services, session: AsyncSession, who: Counsellor, asked: Asked) -> Insights:
    """The figures asked for. Raises NotFound for a hub that is not theirs or is none, alike; BadPeriod."""
    if asked.hub is not None and not (asked.hub in services.catalogue.hubs and who.may_see(asked.hub)):
        raise NotFound
    period = period_of(asked.from_, asked.to, services.clock.today(), asked.by)
    scope = Scope(who.hubs if asked.hub is None else [asked.hub], period)
    before = replace(scope, period=period.previous)
    both = Both(await counts(session, scope), await counts(session, before), await comments(session, scope))
    return figures(services, asked.hub, scope, both)


async def of_request(
    who: SteererDep,
    services: ServicesDep,
    session: SessionDep,
    hub: Annotated[str | None, Query(max_length=60)] = None,
    from_: Annotated[Day, Query(alias="from")] = None,
    to: Day = None,
    by: By = "month",
) -> Insights:
    """The figures that a request asks for."""
    return await insights(services, session, who, Asked(hub or None, from_, to, by))


InsightsDep = Annotated[Insights, Depends(of_request, scope="function")]
