"""Reading facts of use: how many conversations of some hubs and months hold each. SQL of facts is here and in
`noting`."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.insights.models import InsightEventRow, SatisfactionCommentRow
from api.insights.period import Period

NO_HUB = ""
COMMENTS_MAX = 50
_OF_OPENINGS = ("channel", "hour", "hub")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose facts: of these hubs, None for all and for those without a hub; of when."""

    hubs: Sequence[str] | None
    period: Period


@dataclass(frozen=True, slots=True)
class Counts:
    """Conversations by table and code; `waits` in minutes, in order."""

    tables: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    waits: list[int] = field(default_factory=list)

    @property
    def conversations(self) -> int:
        """How many were opened."""
        return self.tables["channel"].total()


async def counts(session: AsyncSession, scope: Scope) -> Counts:
    """All that is counted in this scope."""
    found = Counts()
    await _count_facts(session, scope, found)
    await _count_openings(session, scope, found)
    waited = select(InsightEventRow.number).where(*_within(scope), InsightEventRow.kind == "waited")
    found.waits.extend(sorted(number for number in await session.scalars(waited) if number is not None))
    return found


async def proposed(session: AsyncSession, hubs: Sequence[str] | None, period: Period) -> list[str]:
    """The codes of the certifications shown, asked for or followed."""
    kinds = ("certification_shown", "certification_asked", "certification_followed")
    ours = (*_within(Scope(hubs, period)), InsightEventRow.kind.in_(kinds))
    return list(await session.scalars(select(InsightEventRow.code).where(*ours).distinct()))


async def comments(session: AsyncSession, scope: Scope) -> list[str]:
    """What people added to their opinion, in no order that tells when; `COMMENTS_MAX` at most. None by week."""
    if scope.period.by == "week":
        return []
    row = SatisfactionCommentRow
    found = select(row.text).where(row.month.between(scope.period.start, scope.period.end))
    if scope.hubs is not None:
        found = found.where(row.hub.in_(scope.hubs))
    return list(await session.scalars(found.order_by(func.length(row.text), row.text).limit(COMMENTS_MAX)))


async def _count_facts(session: AsyncSession, scope: Scope, found: Counts) -> None:
    row = InsightEventRow
    columns = (row.kind, row.code, row.detail, row.department)
    grouped = select(*columns, func.count()).where(*_within(scope), row.kind != "opened").group_by(*columns)
    for kind, code, detail, department, n in await session.execute(grouped):
        found.tables[kind][f"{code}|{detail}" if kind == "need" else code] += n
        if kind == "need":
            found.tables["need_department"][department or ""] += n


async def _count_openings(session: AsyncSession, scope: Scope, found: Counts) -> None:
    names = (*_OF_OPENINGS, "week" if scope.period.by == "week" else "month")
    columns = [getattr(InsightEventRow, name) for name in names]
    grouped = select(*columns, func.count()).where(*_within(scope), InsightEventRow.kind == "opened")
    for *values, n in await session.execute(grouped.group_by(*columns)):
        for name, value in zip(names, values, strict=True):
            found.tables[name][NO_HUB if value is None else str(value)] += n


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    when = InsightEventRow.week if scope.period.by == "week" else InsightEventRow.month
    conditions: list[ColumnElement[bool]] = [when.between(scope.period.start, scope.period.end)]
    if scope.hubs is not None:
        conditions.append(InsightEventRow.hub.in_(scope.hubs))
    return conditions
