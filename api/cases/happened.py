"""The one place that hears of every step of a case, in the transaction of that step: what others make of it hooks in
here."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.lifecycle import Step
from api.cases.models import CaseRow
from api.insights import noticing
from api.metrics import CASE_STEPS
from api.notifications import news
from api.services import Services


async def happened(
    services: Services, session: AsyncSession, case: CaseRow, transition: Step, detail: str | None
) -> None:
    """`case` has just gone through `transition`; an error here undoes it. `detail` is the outcome of a close, the
    account of an entrust, the hub of a transfer, the reasons of a join."""
    CASE_STEPS.labels(step=transition).inc()
    await noticing.case_moved(services, session, case, transition, detail)
    await news.step_taken(services, session, case, transition)
