"""Where the rest of the program tells what happened, in the transaction in which it happens."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.models import CaseRow
from api.conversations.models import ConversationRow, MessageRow
from api.database import aware
from api.insights.facts import Answered, Fact, Kind, of_profile, of_turn
from api.insights.needs import need
from api.insights.noting import Source, note, noted, take_back
from api.services import Services
from bot.turn import TurnMetadata
from knowledge.clock import PARIS

_OF_FIELD: dict[str, tuple[Kind, ...]] = {"status": ("public",), "location": ("town",), "target_job": ("job", "field")}
# How a case ended where nobody said an outcome.
_ENDINGS = {"return": "returned", "withdraw": "withdrawn", "expire": "expired"}


async def opened(session: AsyncSession, conversation: ConversationRow, now: datetime) -> None:
    """A conversation was opened."""
    await note(session, _source(conversation), [Fact("opened", hour=now.astimezone(PARIS).hour)], now)


async def answered(
    services: Services,
    session: AsyncSession,
    before: TurnMetadata,
    conversation: ConversationRow,
    said: Sequence[MessageRow],
    doubts: int,
) -> None:
    """A message was answered by `said`; `before` is the state it found, `doubts` how many times it was not
    understood."""
    profile, memory = conversation.profile, conversation.memory
    spoken = [(row.kind, row.payload or {}) for row in said]
    before_it = await noted(session, conversation.id)
    turn = Answered(profile, memory, before_it.codes, spoken, doubts)
    facts = list(of_turn(turn, frozenset(services.funding.records.schemes)))
    if profile != before.profile or any(kind in {"certifications", "funding"} for kind, _ in spoken):
        plans = [payload for kind, payload in spoken if kind == "funding"]
        aimed = profile.get("target_certification")
        codes = [aimed] if aimed else memory.get("proposed") or []
        unmet = need(services.catalogue, profile, codes, plans, services.clock.today())
        facts += [unmet] if unmet else []
    await note(session, _source(conversation), facts, services.clock.now(), before_it)


async def corrected(session: AsyncSession, conversation: ConversationRow, fields: Iterable[str], now: datetime) -> None:
    """The person corrected these fields of their profile."""
    kinds = [kind for field in fields for kind in _OF_FIELD.get(field, ())]
    await take_back(session, conversation.id, kinds)
    facts = [fact for fact in of_profile(conversation.profile) if fact.kind in kinds]
    await note(session, _source(conversation), facts, now)


async def case_moved(services: Services, session: AsyncSession, case: CaseRow, step: str, detail: str | None) -> None:
    """A case went through `step`; `detail` is the outcome of a close."""
    conversation = await session.get_one(ConversationRow, case.conversation_id)
    now, facts = services.clock.now(), []
    if step == "open":
        facts.append(Fact("handover"))
    elif step in {"claim", "entrust"} and case.claimed_at is not None:
        waited = aware(case.claimed_at) - aware(case.opened_at)
        facts.append(Fact("waited", number=max(0, round(waited.total_seconds() / 60))))
    elif outcome := _ENDINGS.get(step) or (detail if step == "close" else None):
        facts.append(Fact("outcome", outcome))
    await note(session, Source(conversation.id, case.hub, conversation.channel), facts, now)


def _source(conversation: ConversationRow) -> Source:
    return Source(conversation.id, conversation.hub, conversation.channel)
