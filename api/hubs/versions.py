"""The versions of the hubs' records: read, add one, put an old one back. Nothing is ever overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue, ValidationError
from sqlalchemy import Select, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.hubs.models import HubVersionRow
from knowledge.errors import HubError, InvalidFields, NotFound
from knowledge.hubs.record import HubRecord


class HubRecordChanged(HubError):
    """Someone else published another version meanwhile."""

    code = "hub_record_changed"
    status = 409


class HubRecordInvalid(InvalidFields):
    """Fields of the record are not of the form expected."""

    code = "hub_record_invalid"


@dataclass(frozen=True, slots=True)
class Published:
    """The record that counts, with its number; 0 and an empty record where nothing was filled in yet."""

    number: int
    record: HubRecord


async def published(session: AsyncSession, hub: str | None) -> Published:
    """The record of a hub as it is published now; that of no hub is empty."""
    found = select(HubVersionRow).where(HubVersionRow.hub == hub).order_by(HubVersionRow.number.desc())
    row = (await session.scalars(found.limit(1))).first()
    return Published(row.number, HubRecord.model_validate(row.content)) if row else Published(0, HubRecord())


def _last_versions() -> Select[HubVersionRow]:
    later = aliased(HubVersionRow)
    is_replaced = exists().where(later.hub == HubVersionRow.hub, later.number > HubVersionRow.number)
    return select(HubVersionRow).where(~is_replaced)


# Written once: each turn of a conversation runs it.
_LAST_VERSIONS = _last_versions()


async def last_versions(session: AsyncSession) -> Sequence[HubVersionRow]:
    """The record of each hub that filled one in."""
    return (await session.scalars(_LAST_VERSIONS)).all()


async def publish(
    session: AsyncSession, hub: str, content: Mapping[str, JsonValue], based_on: int, by: str, now: datetime
) -> None:
    """A new version, made from the version `based_on`. Raises HubRecordInvalid, HubRecordChanged."""
    await _add(session, hub, _checked(content), based_on, by, now)


async def restore(session: AsyncSession, hub: str, number: int, based_on: int, by: str, now: datetime) -> None:
    """Publish the version `number` again, as a new one. Raises NotFound, HubRecordChanged."""
    row = await session.get(HubVersionRow, (hub, number))
    if row is None:
        raise NotFound
    await _add(session, hub, HubRecord.model_validate(row.content), based_on, by, now)


async def history(session: AsyncSession, hub: str) -> list[HubVersionRow]:
    """The versions of a record, newest first."""
    found = select(HubVersionRow).where(HubVersionRow.hub == hub).order_by(HubVersionRow.number.desc())
    return list(await session.scalars(found))


async def _add(session: AsyncSession, hub: str, record: HubRecord, based_on: int, by: str, now: datetime) -> None:
    if (await published(session, hub)).number != based_on:
        raise HubRecordChanged
    content = record.model_dump(mode="json")
    session.add(HubVersionRow(hub=hub, number=based_on + 1, content=content, by=by, at=now))
    try:
        await session.flush()
    except IntegrityError:
        raise HubRecordChanged from None


def _checked(content: Mapping[str, JsonValue]) -> HubRecord:
    try:
        return HubRecord.model_validate(content)
    except ValidationError as error:
        # What concerns the record as a whole is the order of its hours.
        problems = {".".join(map(str, one["loc"])) or "hours": one["type"] for one in error.errors()}
        raise HubRecordInvalid(problems) from None
