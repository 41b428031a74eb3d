"""A hub as it is now: its published record, the holidays where it is, who is connected."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.presence import on_line
from api.hubs.versions import published
from api.services import Services
from knowledge.hubs.availability import Availability, availability, is_open, next_opening
from knowledge.hubs.holidays import public_holidays
from knowledge.hubs.record import HubRecord


@dataclass(frozen=True, slots=True)
class HubNow:
    """What the rules of opening read of a hub."""

    record: HubRecord
    holidays: frozenset[date]


async def hub_now(services: Services, session: AsyncSession, hub: str | None) -> HubNow:
    """The record of a hub and its holidays; without a hub, nothing is filled in."""
    known = services.catalogue.hubs.get(hub or "")
    holidays = public_holidays(known.insee if known else "", services.clock.today())
    return HubNow((await published(session, hub)).record, holidays)


async def availability_of(services: Services, session: AsyncSession, hub: str | None) -> Availability:
    """Whether someone of `hub` is there; without a hub, whether anyone is."""
    found, now = await hub_now(services, session, hub), services.clock.now()
    return availability(found.record, found.holidays, await on_line(session, hub, now), now)


async def reopening(services: Services, session: AsyncSession, hub: str | None) -> datetime | None:
    """When a hub that is closed opens next, in Paris time; None where it is open, or its hours are not filled in."""
    found, now = await hub_now(services, session, hub), services.clock.now()
    return None if is_open(found.record, found.holidays, now) else next_opening(found.record, found.holidays, now)
