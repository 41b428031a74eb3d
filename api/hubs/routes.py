"""HTTP of the hubs: what anyone may read, and the record that a hub's managers edit."""

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingManagerDep, Counsellor, ManagerDep
from api.accounts.names import account_name
from api.database import ServicesDep, SessionDep, aware
from api.hubs import versions
from api.hubs.now import hub_now
from api.hubs.schemas import Directory, Edit, Hub, HubFile, Restoring, Version
from api.services import Services
from bot.opening_hours import week
from knowledge.errors import NotFound
from knowledge.hubs.availability import is_open, next_opening
from knowledge.hubs.partners import partners

router = APIRouter(prefix="/api/hubs")
directory_router = APIRouter(prefix="/api/directory")


@directory_router.get("")
async def directory(services: ServicesDep) -> Directory:
    """The hubs and the partners."""
    hubs = {hub.id: hub.town for hub in services.catalogue.hubs.values()}
    return Directory(hubs=hubs, partners=list(partners().values()))


@router.get("/{hub}")
async def read_hub(hub: str, services: ServicesDep, session: SessionDep) -> Hub:
    """A hub, for anyone."""
    town = _town(services, hub)
    found, now = await hub_now(services, session, hub), services.clock.now()
    return Hub(
        id=hub,
        town=town,
        record=found.record,
        hours=list(week(found.record)),
        is_open=is_open(found.record, found.holidays, now),
        next_opening=next_opening(found.record, found.holidays, now),
    )


@router.get("/{hub}/record")
async def read_record(hub: str, who: ManagerDep, services: ServicesDep, session: SessionDep) -> HubFile:
    """The record of a hub, with its versions."""
    return await _file(services, session, who, hub)


@router.put("/{hub}/record")
async def publish(hub: str, body: Edit, who: ChangingManagerDep, services: ServicesDep, session: SessionDep) -> HubFile:
    """Publish a new version."""
    _check(services, who, hub)
    await versions.publish(session, hub, body.record, body.based_on, who.account.id, services.clock.now())
    return await _file(services, session, who, hub)


@router.post("/{hub}/record/restore")
async def restore(
    hub: str, body: Restoring, who: ChangingManagerDep, services: ServicesDep, session: SessionDep
) -> HubFile:
    """Publish an earlier version again."""
    _check(services, who, hub)
    await versions.restore(session, hub, body.number, body.based_on, who.account.id, services.clock.now())
    return await _file(services, session, who, hub)


async def _file(services: Services, session: AsyncSession, who: Counsellor, hub: str) -> HubFile:
    town = _check(services, who, hub)
    found = await versions.published(session, hub)
    rows = await versions.history(session, hub)
    return HubFile(
        id=hub,
        town=town,
        number=found.number,
        record=found.record,
        versions=[Version(number=row.number, by=await account_name(session, row.by), at=aware(row.at)) for row in rows],
    )


def _check(services: Services, who: Counsellor, hub: str) -> str:
    """The hub's town. Raises NotFound for an unknown hub and for one that is not theirs, alike."""
    if not who.may_see(hub):
        raise NotFound
    return _town(services, hub)


def _town(services: Services, hub: str) -> str:
    known = services.catalogue.hubs.get(hub)
    if known is None:
        raise NotFound
    return known.town
