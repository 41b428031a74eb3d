"""HTTP by which the person says whether they want mails about their request."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from api.conversations import store
from api.conversations.routes import TokenDep
from api.database import ServicesDep, SessionDep
from api.notifications.news import stop

router = APIRouter(prefix="/api/conversations")


class News(BaseModel):
    """Wanted, or not."""

    model_config = ConfigDict(extra="forbid", strict=True)

    wanted: bool


@router.put("/{conversation_id}/mail-news")
async def set_news(
    conversation_id: str, body: News, token: TokenDep, services: ServicesDep, session: SessionDep
) -> News:
    """Ask for mails, or for no more of them; what waits is not sent then."""
    await store.opened_by(session, conversation_id, token)
    conversation = await store.locked(session, conversation_id, services.clock.now())
    conversation.mail_news = body.wanted
    if not body.wanted:
        await stop(session, conversation_id)
    return body
