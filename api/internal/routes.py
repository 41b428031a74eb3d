"""HTTP on loopback: understanding and actions for the dialogue engine, which proves itself with the shared secret."""

import asyncio
import hmac
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict

from api.database import ServicesDep
from api.services import Services
from bot.actions import run
from bot.actions.protocol import ActionCall, ActionReply
from knowledge.errors import HubError
from nlu.understanding import Context, IntentScore, Understanding

router = APIRouter()


class WrongSecret(HubError):
    """The request does not carry the secret shared with the dialogue engine."""

    code = "wrong_secret"
    status = 401


class ParseRequest(BaseModel):
    """What the dialogue engine posts: `message_id` is the sender of the turn."""

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
    turn = services.turns.of(body.message_id)
    if turn is not None and turn.meaning is not None and turn.text == body.text:
        intent = IntentScore(turn.meaning.intent, 1.0)
        return dict(Understanding(body.text, intent, (intent,)).to_rasa())
    context = turn.context if turn is not None else Context(services.clock.today())
    understanding = await asyncio.to_thread(services.interpreter.parse, body.text, context)
    return dict(understanding.to_rasa())


@router.post("/webhook")
async def act(
    call: ActionCall, services: ServicesDep, authorization: Annotated[str | None, Header()] = None
) -> ActionReply:
    """Run an action for the dialogue engine."""
    _check(services, _bearer(authorization))
    turn = services.turns.of(call.sender_id)
    known = services.bot if turn is None else replace(services.bot, hubs=turn.hubs)
    return await asyncio.to_thread(run, call, known)


def _bearer(authorization: str | None) -> str:
    return (authorization or "").removeprefix("Bearer ")


def _check(services: Services, secret: str) -> None:
    expected = services.settings.internal_secret.get_secret_value()
    if not hmac.compare_digest(secret.encode(), expected.encode()):
        raise WrongSecret
