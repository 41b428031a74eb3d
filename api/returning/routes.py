"""HTTP of the link back: its token comes in the fragment of an address, which browsers send to nobody, and is
exchanged here for a key of the conversation."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.database import ServicesDep, SessionDep
from api.limits import RateLimit
from api.notifications.news import came_back
from api.returning import links

router = APIRouter()


class Link(BaseModel):
    """What stands behind `#` in the address of the mail."""

    model_config = ConfigDict(extra="forbid")
    token: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Key(BaseModel):
    """What opens the conversation; told this once."""

    id: str
    token: str


@router.post("/api/return")
async def come_back(body: Link, request: Request, services: ServicesDep, session: SessionDep) -> Key:
    """A fresh key of the conversation that the link leads to."""
    limit: RateLimit = request.app.state.openings
    await limit.check(request.client.host if request.client else "")
    conversation_id, token = await links.exchange(session, body.token, services.clock.now())
    await came_back(session, conversation_id)
    return Key(id=conversation_id, token=token)
