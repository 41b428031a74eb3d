"""What a member of the team should look at again."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.database import aware
from api.insights.counting import proposed
from api.insights.period import period_of
from api.learning.models import ReviewRow
from api.services import Services
from api.watch import knowledge
from api.watch.models import LinkCheckRow
from api.watch.schemas import Watch, WatchItem, WatchSection
from api.watch.texts import TEXTS
from knowledge.funding.texts import french_day

SHOWN_MAX = 100
_PROPOSED_WITHIN = timedelta(days=334)
_WEEK = timedelta(days=7)


async def watch(services: Services, session: AsyncSession, who: Counsellor) -> Watch:
    """Every section, even an empty one: that there is nothing to do is said too."""
    today, catalogue = services.clock.today(), services.catalogue
    months = period_of(today - _PROPOSED_WITHIN, today, today)
    codes = await proposed(session, who.hubs, months)
    return Watch(
        sections=[
            _section("certifications", knowledge.certifications(catalogue, codes, today)),
            _section("funding", knowledge.funding(services.funding.records, today)),
            _section("offers", knowledge.offers(catalogue, today)),
            await _links(session),
            _section("messages", await _messages(services, session, who)),
        ]
    )


def _section(id_: str, items: Iterable[WatchItem], empty: str = "empty") -> WatchSection:
    found = list(items)
    return WatchSection.model_validate(
        {
            "id": id_,
            "title": TEXTS.get(f"{id_}.title"),
            "todo": TEXTS.get(f"{id_}.todo"),
            "empty": TEXTS.get(f"{id_}.{empty}"),
            "items": found[:SHOWN_MAX],
            "left_off": max(0, len(found) - SHOWN_MAX),
        }
    )


async def _links(session: AsyncSession) -> WatchSection:
    dead = select(LinkCheckRow).where(LinkCheckRow.dead_since.is_not(None)).order_by(LinkCheckRow.dead_since)
    items = [_dead(row) for row in await session.scalars(dead)]
    is_checked = await session.scalar(select(func.count()).select_from(LinkCheckRow))
    return _section("links", items, "empty" if is_checked else "never")


def _dead(row: LinkCheckRow) -> WatchItem:
    since = french_day(aware(row.dead_since).date()) if row.dead_since else ""
    detail = TEXTS.get("links.detail", used_by=row.used_by, day=since)
    return WatchItem(text=TEXTS.get("links.dead", url=row.url), detail=detail, url=row.url)


async def _messages(services: Services, session: AsyncSession, who: Counsellor) -> list[WatchItem]:
    theirs: list[ColumnElement[bool]] = [ReviewRow.label.is_(None)]
    if who.hubs is not None:
        theirs.append(or_(ReviewRow.hub.is_(None), ReviewRow.hub.in_(who.hubs)))
    waiting = await session.scalar(select(func.count()).select_from(ReviewRow).where(*theirs)) or 0
    recent = (*theirs, ReviewRow.at >= services.clock.now() - _WEEK)
    week = await session.scalar(select(func.count()).select_from(ReviewRow).where(*recent)) or 0
    if not waiting:
        return []
    return [WatchItem(text=TEXTS.get("messages.count", week=week, waiting=waiting), url="/conseil")]
