"""HTTP by which the person agrees, or no longer does: to mails about their request, and to their misread messages
helping the assistant learn."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from api.conversations.routes import LockedDep
from api.database import SessionDep
from api.learning import inbox
from api.notifications.news import stop

router = APIRouter(prefix="/api/conversations/{conversation_id}")


class News(BaseModel):
    """Wanted, or not."""

    model_config = ConfigDict(extra="forbid", strict=True)

    wanted: bool


class Consent(BaseModel):
    """Given, or withdrawn."""

    model_config = ConfigDict(extra="forbid", strict=True)

    given: bool


@router.put("/mail-news")
async def set_news(body: News, conversation: LockedDep, session: SessionDep) -> News:
    """Ask for mails, or for no more of them; what waits is not sent then."""
    conversation.mail_news = body.wanted
    if not body.wanted:
        await stop(session, conversation.id)
    return body


@router.put("/learning-consent")
async def set_consent(body: Consent, conversation: LockedDep, session: SessionDep) -> Consent:
    """Give or withdraw consent; withdrawn, what waits of this conversation is deleted."""
    conversation.learning_consent = body.given
    if not body.given:
        await inbox.forget_unlabelled(session, conversation.id)
    return body
