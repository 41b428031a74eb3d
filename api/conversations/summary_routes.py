"""HTTP by which the person sees what is passed on to a counsellor, and adds to it."""

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.opening import latest_case
from api.conversations import store
from api.conversations.effects import Answering, carry_out
from api.conversations.fallback import TEXTS, while_counsellor_has_it
from api.conversations.locks import turn_lock
from api.conversations.models import ConversationRow
from api.conversations.routes import ConversationDep, TokenDep
from api.conversations.schemas import Noting
from api.conversations.summaries import record_of
from api.conversations.turns import turn_metadata
from api.database import ServicesDep, SessionDep
from api.limits import RateLimit
from api.live import CASES
from api.services import Services
from bot.messages import Say
from bot.summary import Summary, summarise
from bot.summary.record import Reader

router = APIRouter(prefix="/api/conversations")


@router.get("/{conversation_id}/summary")
async def read_summary(
    conversation: ConversationDep, services: ServicesDep, session: SessionDep, reader: Reader = "person"
) -> Summary:
    """What a counsellor reads of this conversation, said to the person; or in the very words a counsellor reads."""
    return await _summary(services, session, conversation, reader)


@router.post("/{conversation_id}/summary/note", status_code=201)
async def add_note(
    conversation_id: str, body: Noting, request: Request, token: TokenDep, services: ServicesDep
) -> Summary:
    """Add or correct something in one's own words; the summary with it."""
    limit: RateLimit = request.app.state.messages
    await limit.check(conversation_id)
    async with turn_lock(services, conversation_id):
        async with services.sessions() as session, session.begin():
            await store.opened_by(session, conversation_id, token)
            conversation = await store.locked(session, conversation_id, services.clock.now())
            await _note(services, session, conversation, body.text)
            made = await _summary(services, session, conversation)
        services.broker.publish(conversation_id)
        services.broker.publish(CASES)
        return made


async def _note(services: Services, session: AsyncSession, conversation: ConversationRow, text: str) -> None:
    """Kept as a message of theirs. What the assistant last asked stays open, and distress is answered at once."""
    now = services.clock.now()
    row = await store.append(session, conversation, author="person", text=text, now=now, payload={"note": True})
    metadata = turn_metadata(services, conversation, row, ())
    effects = while_counsellor_has_it(services, text, metadata) or (Say(text=TEXTS.get("noted")),)
    # Said by the service: an answer of the assistant would close the question that waits.
    answering = Answering(services, session, conversation, row.seq, now, author="system")
    await carry_out(answering, effects)


async def _summary(
    services: Services, session: AsyncSession, conversation: ConversationRow, reader: Reader = "person"
) -> Summary:
    case = await latest_case(session, conversation.id)
    rows = await store.messages(session, conversation.id)
    reasons = case.reasons if case else ()
    return summarise(record_of(conversation, rows, reasons, services.catalogue, reader))
