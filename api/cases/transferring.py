"""Giving a case to someone else: a colleague, another hub, the regional level, a partner."""

from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.models import AccountRow
from api.cases.models import CaseNoteRow, CaseRow
from api.cases.moving import TEXTS, enter
from api.cases.schemas import Transfer
from api.services import Services
from knowledge.errors import InvalidInput
from knowledge.hubs.partners import Partner, partners

# Among the recipients, the regional level; the case keeps its hub.
REGIONAL: Final = "regional"
TO_PARTNER: Final = "partner"


class UnknownRecipient(InvalidInput):
    """No colleague, hub or partner has this name."""

    code = "unknown_recipient"


class ConsentNeeded(InvalidInput):
    """Nothing goes to a partner without the person's consent, nor without saying what is passed on."""

    code = "consent_needed"


async def transfer(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, body: Transfer) -> None:
    """Give the case to a colleague (e-mail or account id), who then holds it; or put it in the queue of another hub or
    of the regional level; or close it as passed on to a partner.

    Raises UnknownRecipient, ConsentNeeded, NotCaseHolder, IllegalTransition.
    """
    by, to = who.account.id, body.to
    known = select(AccountRow).where(AccountRow.active, or_(AccountRow.email == to.lower(), AccountRow.id == to))
    colleague = (await session.scalars(known)).first()
    if colleague is not None:
        given = {"claimed_by": colleague.id}
        await enter(services, session, case, "entrust", by=by, changes=given, detail=colleague.id)
    elif to in services.catalogue.hubs:
        await enter(services, session, case, "transfer", by=by, changes={"hub": to, "regional": False}, detail=to)
    elif to == REGIONAL:
        told = TEXTS.get("to_regional")
        await enter(services, session, case, "transfer", by=by, changes={"regional": True}, detail=to, told=told)
    elif to in partners():
        await _to_partner(services, session, case, by, partners()[to], body)
    else:
        raise UnknownRecipient(field="to")


async def _to_partner(
    services: Services, session: AsyncSession, case: CaseRow, by: str, partner: Partner, body: Transfer
) -> None:
    """The case closes; the person reads what is passed on, in the words that the counsellor gave, and to whom."""
    if not body.consent or body.sent is None:
        raise ConsentNeeded(field="sent" if body.consent else "consent")
    told = TEXTS.get("to_partner", name=partner.name, sent=body.sent)
    changes = {"outcome": TO_PARTNER}
    await enter(services, session, case, "close", by=by, changes=changes, detail=TO_PARTNER, told=told)
    session.add(CaseNoteRow(case_id=case.id, author=by, at=services.clock.now(), text=told))
