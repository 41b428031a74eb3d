"""HTTP by which the person says whether their misread messages may help the assistant learn."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from api.conversations import store
from api.conversations.routes import TokenDep
from api.database import ServicesDep, SessionDep
from api.learning import inbox

router = APIRouter(prefix="/api/conversations")


class Consent(BaseModel):
    """Given, or withdrawn."""

    model_config = ConfigDict(extra="forbid", strict=True)

    given: bool


@router.put("/{conversation_id}/learning-consent")
async def set_consent(
    conversation_id: str, body: Consent, token: TokenDep, services: ServicesDep, session: SessionDep
) -> Consent:
    """Give or withdraw consent; withdrawn, what waits of this conversation is deleted."""
    await store.opened_by(session, conversation_id, token)
    conversation = await store.locked(session, conversation_id, services.clock.now())
    conversation.learning_consent = body.given
    if not body.given:
        await inbox.forget_unlabelled(session, conversation_id)
    return body
