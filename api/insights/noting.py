"""Writing facts of use. SQL of facts is here and in `counting`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.insights.facts import SINGLE, Fact, Kind
from api.insights.models import InsightEventRow
from api.insights.period import week_of
from knowledge.clock import PARIS


@dataclass(frozen=True, slots=True)
class Source:
    """The conversation that facts come from; it must be locked, or new."""

    conversation_id: str
    hub: str | None
    channel: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted of a conversation."""

    rows: Sequence[InsightEventRow]

    @property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """The codes noted, by kind."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            found[row.kind].add(row.code)
        return {kind: frozenset(codes) for kind, codes in found.items()}


def month_of(moment: datetime) -> date:
    """The first day of the month of a moment, in France."""
    return moment.astimezone(PARIS).date().replace(day=1)


async def note(
    session: AsyncSession, source: Source, facts: Iterable[Fact], now: datetime, before: Noted | None = None
) -> None:
    """Keep each fact once a conversation; said again, the last detail counts. `before` spares reading again what was
    `noted` in this transaction."""
    before = before or await noted(session, source.conversation_id)
    known = {_slot(row.kind, row.code): row for row in before.rows}
    for fact in facts:
        row = known.get(_slot(fact.kind, fact.code))
        if row is None:
            row = known[_slot(fact.kind, fact.code)] = _new(source, fact, now)
            session.add(row)
        else:
            _again(row, fact)


async def noted(session: AsyncSession, conversation_id: str) -> Noted:
    """What was noted of a conversation so far."""
    found = select(InsightEventRow).where(InsightEventRow.conversation_id == conversation_id)
    return Noted((await session.scalars(found)).all())


async def take_back(session: AsyncSession, conversation_id: str, kinds: Iterable[Kind]) -> None:
    """Forget what was noted of these kinds: the person withdrew it."""
    ours = InsightEventRow.conversation_id == conversation_id
    await session.execute(delete(InsightEventRow).where(ours, InsightEventRow.kind.in_(kinds)))


def _slot(kind: str, code: str) -> tuple[str, str]:
    return kind, "" if kind in SINGLE else code


def _new(source: Source, fact: Fact, now: datetime) -> InsightEventRow:
    return InsightEventRow(
        id=uuid4().hex,
        conversation_id=source.conversation_id,
        month=month_of(now),
        week=week_of(now.astimezone(PARIS).date()),
        hub=source.hub,
        channel=source.channel,
        kind=fact.kind,
        code=fact.code,
        detail=fact.detail,
        department=fact.department,
        hour=fact.hour,
        number=fact.number,
    )


def _again(row: InsightEventRow, fact: Fact) -> None:
    row.code = fact.code
    row.detail = fact.detail or row.detail
    row.department = fact.department or row.department
    if fact.kind == "not_understood":
        row.number = (row.number or 0) + (fact.number or 0)
