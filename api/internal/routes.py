"""HTTP on loopback: understanding and actions for the dialogue engine, which proves itself with the shared secret."""

import asyncio
import hmac
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict

from api.conversations import store
from api.conversations.turns import asked_field, choice_meaning
from api.database import ServicesDep
from api.hubs.published import hubs_as_published
from api.services import Services
from bot.actions import run
from bot.actions.protocol import ActionCall, ActionReply
from bot.messages import ChoiceMeaning
from knowledge.errors import HubError, NotFound
from nlu.understanding import Context, IntentScore, Understanding

router = APIRouter()


class WrongSecret(HubError):
    """The request does not carry the secret shared with the dialogue engine."""

    code = "wrong_secret"
    status = 401


class ParseRequest(BaseModel):
    """What the dialogue engine posts: `message_id` is the sender, that is the conversation and its session."""

    model_config = ConfigDict(extra="ignore")

    text: str
    message_id: str | None = None
    token: str | None = None


@router.post("/model/parse")
async def parse(
    body: ParseRequest, services: ServicesDep, authorization: Annotated[str | None, Header()] = None
) -> dict[str, Any]:
    """Understand one message. Of a touched choice, what it means; typed text is always text."""
    _check(services, body.token or _bearer(authorization))
    context, meaning = await _context(services, body)
    if meaning is not None:
        intent = IntentScore(meaning.intent, 1.0)
        return dict(Understanding(body.text, intent, (intent,)).to_rasa())
    understanding = await asyncio.to_thread(services.interpreter.parse, body.text, context)
    return dict(understanding.to_rasa())


@router.post("/webhook")
async def act(
    call: ActionCall, services: ServicesDep, authorization: Annotated[str | None, Header()] = None
) -> ActionReply:
    """Run an action for the dialogue engine."""
    _check(services, _bearer(authorization))
    async with services.sessions() as session:
        known = replace(services.bot, hubs=await hubs_as_published(services, session))
    return await asyncio.to_thread(run, call, known)


async def _context(services: Services, body: ParseRequest) -> tuple[Context, ChoiceMeaning | None]:
    today = services.clock.today()
    conversation_id = (body.message_id or "").partition(".")[0]
    if not conversation_id:
        return Context(today), None
    async with services.sessions() as session:
        try:
            conversation = await store.by_id(session, conversation_id)
        except NotFound:
            return Context(today), None
        said = await store.last_of_person(session, conversation_id)
        offered = await store.latest_answers(session, conversation_id, before=said.seq if said else None)
    hub = services.catalogue.hubs.get(conversation.hub or "")
    context = Context(today, asked_field(offered), hub.insee if hub else None)
    if said is None or said.choice_id is None or said.text != body.text:
        return context, None
    return context, choice_meaning(offered, said.choice_id)


def _bearer(authorization: str | None) -> str:
    return (authorization or "").removeprefix("Bearer ")


def _check(services: Services, secret: str) -> None:
    expected = services.settings.internal_secret.get_secret_value()
    if not hmac.compare_digest(secret.encode(), expected.encode()):
        raise WrongSecret
