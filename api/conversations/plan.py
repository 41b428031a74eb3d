"""HTTP of the action plan: a PDF to print, and portable data."""

import asyncio
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import store
from api.conversations.models import ConversationRow
from api.conversations.routes import ConversationDep
from api.database import ServicesDep, SessionDep
from api.hubs.published import hubs_as_published
from api.services import Services
from bot.action_plan import ActionPlan, PlanRecord, action_plan
from bot.state import Memory, State
from bot.wording import say
from connectors.documents.pdf import plan_pdf
from connectors.documents.portfolio import MEDIA_TYPE, portfolio

router = APIRouter(prefix="/api/conversations")
_PRIVATE = {"Cache-Control": "no-store"}
REQUEST_MAX_CHARS = 200


@router.get("/{conversation_id}/plan.pdf")
async def read_plan(
    conversation: ConversationDep, request: Request, services: ServicesDep, session: SessionDep
) -> Response:
    """The action plan, one or two pages."""
    root = (services.settings.public_url or str(request.base_url)).rstrip("/")
    content, name = await pdf_of(services, session, conversation, root)
    return Response(content, media_type="application/pdf", headers=_named(name))


async def pdf_of(
    services: Services, session: AsyncSession, conversation: ConversationRow, root: str
) -> tuple[bytes, str]:
    """The action plan as a file, and its name. `root` is the address of the site, without a slash at its end."""
    plan, _state = await _plan(services, session, conversation)
    address = f"{root}/?hub={conversation.hub}" if conversation.hub else f"{root}/"
    content = await asyncio.to_thread(plan_pdf, plan, address, services.clock.now())
    return content, _name("pdf", plan.day)


@router.get("/{conversation_id}/plan.jsonld")
async def read_portfolio(conversation: ConversationDep, services: ServicesDep, session: SessionDep) -> Response:
    """The same as portable data, without a name or a contact."""
    plan, state = await _plan(services, session, conversation)
    content: dict[str, Any] = portfolio(plan, state, services.catalogue)
    return JSONResponse(content, media_type=MEDIA_TYPE, headers=_named(_name("jsonld", plan.day)))


def _name(ending: str, day: date) -> str:
    return f"{say('plan.file')}-{day.isoformat()}.{ending}"


def _named(name: str) -> dict[str, str]:
    return _PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}


async def _plan(services: Services, session: AsyncSession, conversation: ConversationRow) -> tuple[ActionPlan, State]:
    state = State(conversation.profile, conversation.evidence, Memory.model_validate(conversation.memory))
    asked = state.memory.request_seq
    rows = await store.messages(session, conversation.id) if asked else []
    request = next((row.text for row in rows if row.seq == asked and row.choice_id is None), None)
    if request and len(request) > REQUEST_MAX_CHARS:
        request = f"{request[:REQUEST_MAX_CHARS].rstrip()}…"
    hub = (await hubs_as_published(services, session)).get(conversation.hub or "")
    record = PlanRecord(state, request, hub, services.clock.today())
    made = await asyncio.to_thread(action_plan, record, services.catalogue, services.funding)
    return made, state
