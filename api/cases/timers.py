"""What time does to cases, read from the database, so that a restart loses nothing: a holder who left gives the case
back, who waits for long is told what else can be done, who was forgotten is told so."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.presence import was_seen
from api.cases.models import CaseRow
from api.cases.moving import TEXTS, enter, record
from api.conversations import store
from api.database import aware
from api.hubs.now import hub_now
from api.live import CASES
from api.services import Services
from bot.waiting import long_wait
from knowledge.hubs.availability import open_time


@dataclass(frozen=True, slots=True)
class _Timer:
    """`may_be_due` finds cases by their columns; `ring` looks closer and acts on a case that nobody else changes
    meanwhile, and says whether it did."""

    may_be_due: Callable[[Services, datetime], Sequence[ColumnElement[bool]]]
    ring: Callable[[Services, AsyncSession, CaseRow], Awaitable[bool]]


async def run_timers(services: Services) -> None:
    """Do what is due by now. Safe to do twice, at once, and to be cut at any point: one transaction a case."""
    for timer in _TIMERS:
        async with services.sessions() as session:
            due = select(CaseRow.id).where(*timer.may_be_due(services, services.clock.now()))
            ids = list(await session.scalars(due))
        for case_id in ids:
            await _ring(services, timer, case_id)


async def _ring(services: Services, timer: _Timer, case_id: str) -> None:
    now = services.clock.now()
    async with services.sessions() as session, session.begin():
        case = await session.get(CaseRow, case_id)
        if case is None:
            return
        await store.locked(session, case.conversation_id, now)
        still = select(CaseRow).where(CaseRow.id == case_id, *timer.may_be_due(services, now))
        case = await session.scalar(still.execution_options(populate_existing=True))
        rang = case is not None and await timer.ring(services, session, case)
    if case is not None and rang:
        services.broker.publish(case.conversation_id)
        services.broker.publish(CASES)


def _may_be_idle(services: Services, now: datetime) -> Sequence[ColumnElement[bool]]:
    return CaseRow.status == "claimed", CaseRow.active_at <= now - _release_after(services)


async def _release(services: Services, session: AsyncSession, case: CaseRow) -> bool:
    """The holder neither wrote nor had the desk open for that long, or left the person's words without an answer."""
    since = services.clock.now() - _release_after(services)
    is_there = await was_seen(session, case.claimed_by or "", since)
    if is_there and not await store.person_wrote(session, case.conversation_id, aware(case.active_at or since), since):
        return False
    await enter(services, session, case, "release", by=None, told=TEXTS.get("holder_left"), detail="idle")
    return True


def _may_wait_long(services: Services, now: datetime) -> Sequence[ColumnElement[bool]]:
    waits = CaseRow.waiting_since <= now - _long(services)
    return CaseRow.status == "pending", CaseRow.long_wait_told_at.is_(None), waits


async def _tell_the_wait(services: Services, session: AsyncSession, case: CaseRow) -> bool:
    """The hub was open for that long, and nobody took the case."""
    now, hub = services.clock.now(), await hub_now(services, session, case.hub)
    if open_time(hub.record, hub.holidays, aware(case.waiting_since), now) < _long(services):
        return False
    case.long_wait_told_at = now
    conversation = await store.by_id(session, case.conversation_id)
    say = long_wait(case.reasons, conversation.profile.get("age"))
    await store.append_said(session, conversation, say, now, None, "system")
    await record(services, session, case, "long_wait", None)
    return True


def _is_forgotten(services: Services, now: datetime) -> Sequence[ColumnElement[bool]]:
    since = now - timedelta(days=services.settings.expire_days)
    return CaseRow.status == "pending", CaseRow.waiting_since <= since


async def _expire(services: Services, session: AsyncSession, case: CaseRow) -> bool:
    await enter(services, session, case, "expire", by=None)
    return True


def _release_after(services: Services) -> timedelta:
    return timedelta(minutes=services.settings.release_minutes)


def _long(services: Services) -> timedelta:
    return timedelta(minutes=services.settings.long_wait_minutes)


_TIMERS = (
    _Timer(_may_be_idle, _release),
    _Timer(_is_forgotten, _expire),
    _Timer(_may_wait_long, _tell_the_wait),
)
