"""«… is writing»: told live to the other side, kept nowhere."""

from fastapi import APIRouter, Request

from api.accounts.access import ChangingCounsellorDep
from api.cases.moving import NotCaseHolder
from api.cases.routes import CaseDep
from api.cases.service import holds
from api.conversations.routes import ConversationDep
from api.database import ServicesDep
from api.limits import RateLimit
from api.live import writing

router = APIRouter(prefix="/api")
# A page says it every few seconds at most.
SIGNALS_PER_MINUTE = 30


@router.post("/conversations/{conversation_id}/typing", status_code=204)
async def person_writes(conversation: ConversationDep, request: Request, services: ServicesDep) -> None:
    """The person is writing: told to the counsellor who has the conversation, to nobody else."""
    limit: RateLimit = request.app.state.signals
    await limit.check(conversation.id)
    if conversation.owner == "counsellor":
        services.broker.publish(writing(conversation.id, "person"))


@router.post("/cases/{case_id}/typing", status_code=204)
async def counsellor_writes(who: ChangingCounsellorDep, case: CaseDep, request: Request, services: ServicesDep) -> None:
    """The counsellor is writing. Raises NotCaseHolder."""
    if not holds(who, case):
        raise NotCaseHolder
    limit: RateLimit = request.app.state.signals
    await limit.check(case.id)
    services.broker.publish(writing(case.conversation_id, "counsellor"))
