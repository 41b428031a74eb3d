"""HTTP for the person who chats."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.accounts.names import account_name
from api.cases.opening import latest_case
from api.conversations import store
from api.conversations.correcting import correct
from api.conversations.erasure import erase_everywhere
from api.conversations.locks import turn_lock
from api.conversations.models import ConversationRow
from api.conversations.schemas import (
    ConversationState,
    HandoverState,
    Message,
    Messages,
    Opened,
    Opening,
    Posting,
    ProfilePatch,
    StateEvent,
)
from api.conversations.turns import take_turn
from api.database import ServicesDep, SessionDep
from api.hubs.now import reopening
from api.insights import noticing, satisfaction
from api.limits import RateLimit
from api.live import writing
from api.notifications.recipients import wants_news
from api.services import Services
from bot.profile import labels
from bot.turn import TurnMetadata
from bot.welcome import welcome
from knowledge.errors import HubError, InvalidInput, NotFound

router = APIRouter(prefix="/api/conversations")
HEARTBEAT_SECONDS = 15.0
# The library's own heartbeat is not used.
NEVER_SECONDS = 10**6


class UnknownHub(InvalidInput):
    """No hub has this id."""

    code = "unknown_hub"


class MissingToken(HubError):
    """The conversation's token is not in the request."""

    code = "missing_token"
    status = 401


async def bearer(authorization: Annotated[str | None, Header()] = None) -> str:
    """The token of the request. Raises MissingToken."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise MissingToken
    return token


TokenDep = Annotated[str, Depends(bearer)]


async def opened(conversation_id: str, token: TokenDep, session: SessionDep) -> ConversationRow:
    """The conversation that the request's token opens."""
    return await store.opened_by(session, conversation_id, token)


ConversationDep = Annotated[ConversationRow, Depends(opened, scope="function")]


async def locked(conversation: ConversationDep, session: SessionDep, services: ServicesDep) -> ConversationRow:
    """The conversation that the request's token opens, which this request alone changes meanwhile."""
    return await store.locked(session, conversation.id, services.clock.now())


LockedDep = Annotated[ConversationRow, Depends(locked, scope="function")]


@router.post("", status_code=201)
async def open_conversation(body: Opening, request: Request, services: ServicesDep, session: SessionDep) -> Opened:
    """Open a conversation; the assistant speaks first."""
    limit: RateLimit = request.app.state.openings
    await limit.check(request.client.host if request.client else "")
    if body.hub is not None and body.hub not in services.catalogue.hubs:
        raise UnknownHub(field="hub")
    now = services.clock.now()
    row, token = await store.create(session, body.channel, body.hub, now)
    await noticing.opened(session, row, now)
    metadata = TurnMetadata(
        conversation=row.id, seq=1, channel=body.channel, owner="bot", hub=body.hub, today=services.clock.today()
    )
    reopens = await reopening(services, session, body.hub)
    said = [await store.append_said(session, row, say, now, None) for say in welcome(metadata, reopens)]
    return Opened(id=row.id, token=token, messages=[Message.of(message) for message in said])


@router.post("/{conversation_id}/messages")
async def post_message(
    conversation_id: str, body: Posting, request: Request, token: TokenDep, services: ServicesDep
) -> Messages:
    """Say something; what the assistant answers."""
    limit: RateLimit = request.app.state.messages
    await limit.check(conversation_id)
    return Messages(messages=await take_turn(services, conversation_id, token, body))


@router.get("/{conversation_id}")
async def read_conversation(
    conversation: ConversationDep, services: ServicesDep, session: SessionDep
) -> ConversationState:
    """The conversation as it stands."""
    case = await latest_case(session, conversation.id)
    rows = await store.messages(session, conversation.id)
    holder = case.claimed_by if case and conversation.owner == "counsellor" else None
    return ConversationState.model_validate(
        {
            "id": conversation.id,
            "channel": conversation.channel,
            "owner": conversation.owner,
            "counsellor": await account_name(session, holder),
            "profile": conversation.profile,
            "learning_consent": conversation.learning_consent,
            "mail_news": wants_news(conversation),
            "satisfaction": await satisfaction.state(session, conversation, case),
            "labels": labels(conversation.profile, services.catalogue),
            "handover": case and HandoverState(case_id=case.id, status=case.status, reasons=case.reasons),
            "messages": [Message.of(row) for row in rows],
        }
    )


@router.patch("/{conversation_id}/profile")
async def correct_profile(
    conversation_id: str, body: ProfilePatch, token: TokenDep, services: ServicesDep
) -> ConversationState:
    """The person corrects what is known of them: a value replaces, null removes."""
    async with turn_lock(services, conversation_id):
        async with services.sessions() as session, session.begin():
            await store.opened_by(session, conversation_id, token)
            conversation = await store.locked(session, conversation_id, services.clock.now())
            await correct(services, session, conversation, body.__pydantic_extra__)
            await noticing.corrected(session, conversation, body.__pydantic_extra__, services.clock.now())
            await session.flush()
            state = await read_conversation(conversation, services, session)
        services.broker.publish(conversation_id)
        return state


@router.delete("/{conversation_id}", status_code=204)
async def erase_conversation(conversation_id: str, token: TokenDep, services: ServicesDep) -> Response:
    """Erase the conversation everywhere."""
    async with turn_lock(services, conversation_id):
        async with services.sessions() as session:
            await store.opened_by(session, conversation_id, token)
        await erase_everywhere(services, conversation_id)
    return Response(status_code=204)


@router.get("/{conversation_id}/events")
async def follow(
    conversation_id: str,
    token: TokenDep,
    services: ServicesDep,
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> EventSourceResponse:
    """Each message once, from `Last-Event-ID` on, then as they come; `state` tells that the owner or the profile may
    have changed, `writing` that the counsellor is writing."""
    async with services.sessions() as session:
        await store.opened_by(session, conversation_id, token)
    last = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else 0
    return EventSourceResponse(_events(services, conversation_id, last), ping=NEVER_SECONDS)


async def _events(services: Services, conversation_id: str, last: int) -> AsyncIterator[ServerSentEvent]:
    signals = [writing(conversation_id, "counsellor")]
    async for changed in services.broker.news([conversation_id], HEARTBEAT_SECONDS, signals):
        if changed & set(signals):
            yield ServerSentEvent(event="writing", data="{}")
        if conversation_id not in changed:
            yield ServerSentEvent(comment="…")
            continue
        async with services.sessions() as session:
            try:
                conversation = await store.by_id(session, conversation_id)
            except NotFound:
                yield ServerSentEvent(event="erased", data="{}")
                return
            rows = await store.messages(session, conversation_id, after=last)
        for row in rows:
            last = row.seq
            yield ServerSentEvent(event="message", id=str(row.seq), data=Message.of(row).model_dump_json())
        yield ServerSentEvent(event="state", data=StateEvent(owner=conversation.owner).model_dump_json())
