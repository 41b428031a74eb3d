"""One turn: the person's message is kept first, then answered, then the answers are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.opening import open_case
from api.conversations import store
from api.conversations.effects import Answering, carry_out
from api.conversations.erasure import erase_everywhere
from api.conversations.fallback import TEXTS, while_counsellor_has_it, without_engine
from api.conversations.going_on import TurnGoingOn
from api.conversations.locks import turn_lock
from api.conversations.models import ConversationRow, MessageRow
from api.conversations.schemas import Message, Posting
from api.hubs.published import hubs_as_published
from api.insights import noticing
from api.learning import inbox
from api.live import CASES
from api.metrics import DIALOGUE_FAILURES, TURNS, timed_turn
from api.services import Services
from bot.messages import ChoiceMeaning, Effect, Erase, OpenHandover, Review, Say
from bot.turn import TurnMetadata
from connectors.rasa.client import DialogueUnavailable
from knowledge.errors import InvalidInput
from nlu.understanding import Context

# The engine's turns slow down as its session grows, so a new one is begun; nothing is lost, the state travels with
# each turn.
SESSION_MESSAGES = 40
# It is begun sooner where no question is pending: a form that is going on stays in its session.
SESSION_MESSAGES_AT_EASE = 8
_log = structlog.get_logger("turns")


class UnknownChoice(InvalidInput):
    """The choice was not among the last ones offered."""

    code = "unknown_choice"


@dataclass(frozen=True, slots=True)
class _Heard:
    """The person's message once kept, what the engine is told of it, and what its calls back will need."""

    seq: int
    text: str
    metadata: TurnMetadata
    sender: str
    turn: TurnGoingOn


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is to be carried out, and in whose name."""

    effects: Sequence[Effect]
    author: str = "bot"


async def take_turn(services: Services, conversation_id: str, token: str, posting: Posting) -> list[Message]:
    """What the assistant answers. The same `client_id` twice is one message with one answer.

    Raises NotFound for a token that does not open the conversation, UnknownChoice.
    """
    async with turn_lock(services, conversation_id):
        heard = await _keep(services, conversation_id, token, posting)
        if isinstance(heard, list):
            return heard
        services.broker.publish(conversation_id)
        TURNS.labels(owner=heard.metadata.owner).inc()
        with timed_turn():
            answer = await _answer(services, heard)
        answers, owner = await _keep_answer(services, heard, answer)
        await inbox.keep(services, conversation_id, [one for one in answer.effects if isinstance(one, Review)])
        services.broker.publish(conversation_id)
        if {owner, heard.metadata.owner} != {"bot"}:
            services.broker.publish(CASES)
        return answers


async def _keep(services: Services, conversation_id: str, token: str, posting: Posting) -> _Heard | list[Message]:
    async with services.sessions() as session, session.begin():
        await store.opened_by(session, conversation_id, token)
        conversation = await store.locked(session, conversation_id, services.clock.now())
        row = await store.posted_before(session, conversation_id, str(posting.client_id))
        offered = await store.latest_answers(session, conversation_id, before=row.seq if row else None)
        if row is None:
            row = await _append(services, session, conversation, posting, offered)
        elif not await _is_unanswered(session, conversation, row):
            return [Message.of(answer) for answer in await store.answers_to(session, conversation_id, row.seq)]
        metadata = turn_metadata(services, conversation, row, offered)
        case = await open_case(session, conversation_id)
        metadata = metadata.model_copy(update={"handover_reasons": list(case.reasons) if case else []})
        turn = await _turn(services, session, row, metadata)
        return _Heard(row.seq, row.text, metadata, f"{conversation.id}.{conversation.session}", turn)


async def _turn(services: Services, session: AsyncSession, row: MessageRow, metadata: TurnMetadata) -> TurnGoingOn:
    hub = services.catalogue.hubs.get(metadata.hub or "")
    for_another = metadata.profile.get("beneficiary") == "other"
    context = Context(metadata.today, metadata.asked_field, hub.insee if hub else None, for_another)
    return TurnGoingOn(row.text, context, metadata.choice, await hubs_as_published(services, session))


async def _is_unanswered(session: AsyncSession, conversation: ConversationRow, row: MessageRow) -> bool:
    """Whether the message was kept but the process ended before it was answered."""
    return conversation.owner in {"bot", "waiting"} and await store.last_seq(session, conversation.id) == row.seq


async def _append(
    services: Services,
    session: AsyncSession,
    conversation: ConversationRow,
    posting: Posting,
    offered: Sequence[MessageRow],
) -> MessageRow:
    text = posting.text if posting.choice is None else _label(offered, posting.choice)
    if conversation.owner == "closed":
        conversation.owner = "bot"
    _renew_session(conversation, at_ease=asked_field(offered) is None)
    return await store.append(
        session,
        conversation,
        author="person",
        text=text or "",
        now=services.clock.now(),
        client_id=str(posting.client_id),
        choice_id=posting.choice,
    )


def _label(offered: Sequence[MessageRow], choice: str) -> str:
    for row in reversed(offered):
        if row.choices and choice in row.choices:
            labels = {shown["id"]: str(shown["label"]) for shown in (row.payload or {}).get("choices", [])}
            return labels[choice]
    raise UnknownChoice(field="choice")


def choice_meaning(offered: Sequence[MessageRow], choice: str | None) -> ChoiceMeaning | None:
    """What the choice means that the person touched among these messages; None for typed text."""
    meanings = [row.choices[choice] for row in offered if choice and row.choices and choice in row.choices]
    return ChoiceMeaning.model_validate(meanings[-1]) if meanings else None


def _renew_session(conversation: ConversationRow, *, at_ease: bool) -> None:
    conversation.session_messages += 1
    if conversation.session_messages > (SESSION_MESSAGES_AT_EASE if at_ease else SESSION_MESSAGES):
        conversation.session += 1
        conversation.session_messages = 1


def turn_metadata(
    services: Services, conversation: ConversationRow, row: MessageRow, offered: Sequence[MessageRow]
) -> TurnMetadata:
    """What goes along with the person's message `row`; `offered` is what the assistant said last."""
    return TurnMetadata.model_validate(
        {
            "conversation": conversation.id,
            "seq": row.seq,
            "channel": conversation.channel,
            "owner": conversation.owner,
            "hub": conversation.hub,
            "today": services.clock.today(),
            "profile": conversation.profile,
            "evidence": conversation.evidence,
            "memory": conversation.memory,
            "asked_field": asked_field(offered),
            "choice": choice_meaning(offered, row.choice_id),
        }
    )


def asked_field(offered: Sequence[MessageRow]) -> str | None:
    """The profile field of the assistant's last question among these messages."""
    for row in reversed(offered):
        if row.kind == "question" and row.author == "bot":
            field = (row.payload or {}).get("field")
            return field if isinstance(field, str) else None
    return None


async def _answer(services: Services, heard: _Heard) -> _Answer:
    if heard.metadata.owner == "counsellor":
        return _Answer(while_counsellor_has_it(services, heard.text, heard.metadata), author="system")
    try:
        with services.turns.during(heard.sender, heard.turn):
            effects = await services.dialogue.turn(heard.sender, heard.text, heard.metadata)
    except DialogueUnavailable:
        DIALOGUE_FAILURES.inc()
        return _Answer(await without_engine(services, heard.text, heard.metadata), author="system")
    kept = [effect for effect in effects if not (isinstance(effect, Say) and not effect.text.strip())]
    if len(kept) < len(effects):
        _log.error("empty_answer")
    if not any(isinstance(effect, Say | OpenHandover | Erase) for effect in kept):
        _log.error("no_answer")
        kept.append(Say(text=TEXTS.get("no_answer")))
    return _Answer(kept)


async def _keep_answer(services: Services, heard: _Heard, answer: _Answer) -> tuple[list[Message], str]:
    conversation_id = heard.metadata.conversation
    if any(isinstance(effect, Erase) for effect in answer.effects):
        await erase_everywhere(services, conversation_id)
        return _last_words(services, heard, answer), "closed"
    now = services.clock.now()
    async with services.sessions() as session, session.begin():
        conversation = await store.locked(session, conversation_id, now)
        answering = Answering(services, session, conversation, heard.seq, now, answer.author)
        rows = await carry_out(answering, answer.effects)
        doubts = sum(isinstance(effect, Review) for effect in answer.effects)
        await noticing.answered(services, session, heard.metadata, conversation, rows, doubts)
        return [Message.of(row) for row in rows], conversation.owner


def _last_words(services: Services, heard: _Heard, answer: _Answer) -> list[Message]:
    """The last words to who had the conversation erased: told, not kept."""
    said = [effect for effect in answer.effects if isinstance(effect, Say)] or [Say(text=TEXTS.get("erased"))]
    return [
        Message(
            id=f"erased-{number}",
            seq=heard.seq + number,
            author="bot",
            at=services.clock.now(),
            text=say.text,
            kind=say.kind,
            payload=say.payload,
        )
        for number, say in enumerate(said, 1)
    ]
