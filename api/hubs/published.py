"""The hubs as the assistant speaks of them: the starter records, over which each team published its own."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from api.database import aware
from api.hubs.versions import last_versions
from api.services import Services
from bot.opening_hours import week
from bot.wording import say
from knowledge.clock import PARIS
from knowledge.hubs.record import HubRecord, national
from knowledge.records import Hub, Source


async def hubs_as_published(services: Services, session: AsyncSession) -> Mapping[str, Hub]:
    """Each hub by its id; what its team has not filled in is as the starter record has it."""
    hubs = dict(services.catalogue.hubs)
    for row in await last_versions(session):
        if row.hub in hubs:
            day = aware(row.at).astimezone(PARIS).date()
            source = Source(say("hub.source", town=hubs[row.hub].town), f"{services.settings.site}/hub/{row.hub}", day)
            hubs[row.hub] = _over(hubs[row.hub], HubRecord.model_validate(row.content), source)
    return hubs


def _over(hub: Hub, record: HubRecord, source: Source) -> Hub:
    return replace(
        hub,
        address=record.address or hub.address,
        opening_hours=" ; ".join(week(record)) or hub.opening_hours,
        phone=national(record.phone) or hub.phone,
        email=record.email or hub.email,
        source=source,
    )
