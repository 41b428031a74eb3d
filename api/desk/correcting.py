"""A counsellor corrects what is known of the person, as the person may."""

from fastapi import APIRouter

from api.accounts.access import ChangingCounsellorDep
from api.cases import service
from api.cases.models import CaseEventRow
from api.cases.moving import NotCaseHolder
from api.cases.schemas import CaseDetail
from api.cases.views import case_detail
from api.conversations import store
from api.conversations.correcting import correct
from api.conversations.locks import turn_lock
from api.conversations.schemas import ProfilePatch
from api.database import ServicesDep
from api.live import CASES

router = APIRouter(prefix="/api/cases")
DETAIL_MAX_CHARS = 100


@router.patch("/{case_id}/profile")
async def correct_profile(
    case_id: str, body: ProfilePatch, who: ChangingCounsellorDep, services: ServicesDep
) -> CaseDetail:
    """Correct facts: a value replaces, null removes; the person sees it. The audit trail says which, not what. Raises
    NotCaseHolder, InvalidInput."""
    async with services.sessions() as session:
        conversation_id = (await service.visible_case(session, who, case_id)).conversation_id
    changes = body.__pydantic_extra__
    # The assistant may be finishing an answer: it would write back what it knew before.
    async with turn_lock(services, conversation_id), services.sessions() as session, session.begin():
        now = services.clock.now()
        conversation = await store.locked(session, conversation_id, now)
        case = await service.visible_case(session, who, case_id)
        if not service.holds(who, case):
            raise NotCaseHolder
        await correct(services, session, conversation, changes, "corrected_by_counsellor")
        fields = ", ".join(sorted(changes))[:DETAIL_MAX_CHARS]
        session.add(CaseEventRow(case_id=case.id, at=now, actor=who.account.id, transition="correct", detail=fields))
        case.active_at = now
        await session.flush()
        found = await case_detail(services, session, who, case)
    for topic in (conversation_id, CASES):
        services.broker.publish(topic)
    return found
