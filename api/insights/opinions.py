"""HTTP by which the person says whether the conversation helped."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.conversations import store
from api.conversations.routes import TokenDep
from api.conversations.schemas import Text
from api.database import ServicesDep
from api.insights.satisfaction import Answer, keep, without_identity

COMMENT_MAX_CHARS = 500
router = APIRouter(prefix="/api/conversations")


class Opinion(BaseModel):
    """Whether it helped; a comment is optional."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer
    comment: Annotated[Text, Field(max_length=COMMENT_MAX_CHARS)] = ""


class Kept(BaseModel):
    """What was kept of it: the comment without names and numbers."""

    answer: Answer
    comment: str


@router.post("/{conversation_id}/satisfaction")
async def give_opinion(conversation_id: str, body: Opinion, token: TokenDep, services: ServicesDep) -> Kept:
    """Say whether the conversation helped, and again to change one's mind. Adds no message."""
    async with services.sessions() as session:
        conversation = await store.opened_by(session, conversation_id, token)
    comment = await without_identity(services, conversation, body.comment) if body.comment else ""
    async with services.sessions() as session, session.begin():
        locked = await store.locked(session, conversation_id, services.clock.now())
        await keep(services, session, locked, body.answer, comment)
    return Kept(answer=body.answer, comment=comment)
