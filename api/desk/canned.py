"""HTTP of the replies that hubs keep ready: managers write them, counsellors send them."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingManagerDep, Counsellor, CounsellorDep
from api.cases.routes import CaseDep
from api.conversations import store
from api.conversations.schemas import Text
from api.database import ServicesDep, SessionDep
from api.desk.models import CannedRow
from api.desk.variables import check_variables, fill
from knowledge.errors import InvalidInput, NotFound

router = APIRouter(prefix="/api")
TITLE_MAX_CHARS = 80
TEXT_MAX_CHARS = 2000


class CannedReply(BaseModel):
    """A reply to keep ready; `hub` is null for all hubs."""

    model_config = ConfigDict(extra="forbid")

    hub: Annotated[str, Field(max_length=60)] | None = None
    title: Annotated[Text, Field(min_length=1, max_length=TITLE_MAX_CHARS)]
    text: Annotated[Text, Field(min_length=1, max_length=TEXT_MAX_CHARS)]


class CannedItem(CannedReply):
    """A reply kept ready."""

    id: str

    @classmethod
    def of(cls, row: CannedRow) -> "CannedItem":
        """As it was written."""
        return cls(id=row.id, hub=row.hub, title=row.title, text=row.text)


class CannedReplies(BaseModel):
    """The replies that someone may use, by title."""

    items: list[CannedItem]


@router.get("/canned")
async def read_all(who: CounsellorDep, session: SessionDep) -> CannedReplies:
    """The replies of one's hubs, and of all hubs."""
    rows = await _visible(session, who)
    return CannedReplies(items=[CannedItem.of(row) for row in rows])


@router.get("/cases/{case_id}/canned")
async def read_for_case(who: CounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep) -> CannedReplies:
    """The replies that suit a case, filled in: nothing is sent by reading them."""
    conversation = await store.by_id(session, case.conversation_id)
    hub = services.catalogue.hubs.get(case.hub or "")
    first_name = conversation.profile.get("first_name")
    values = {
        "prenom": str(first_name) if first_name else None,
        "hub": hub.town if hub else None,
        "conseiller": who.account.name,
    }
    rows = [row for row in await _visible(session, who) if case.hub is None or row.hub in {None, case.hub}]
    filled = [CannedItem.of(row).model_copy(update={"text": fill(row.text, values)}) for row in rows]
    return CannedReplies(items=filled)


@router.post("/canned", status_code=201)
async def write(body: CannedReply, who: ChangingManagerDep, services: ServicesDep, session: SessionDep) -> CannedItem:
    """Keep a reply ready for one of one's hubs. Raises InvalidInput, UnknownVariable."""
    check_variables(body.text)
    if body.hub is not None and body.hub not in services.catalogue.hubs:
        raise InvalidInput(field="hub")
    if not _may_change(who, body.hub):
        raise NotFound
    row = CannedRow(id=uuid4().hex, hub=body.hub, title=body.title, text=body.text)
    session.add(row)
    return CannedItem.of(row)


@router.put("/canned/{reply_id}")
async def rewrite(reply_id: str, body: CannedReply, who: ChangingManagerDep, session: SessionDep) -> CannedItem:
    """Write a reply again; it stays with its hub. Raises UnknownVariable."""
    check_variables(body.text)
    row = await _changeable(session, who, reply_id)
    row.title, row.text = body.title, body.text
    return CannedItem.of(row)


@router.delete("/canned/{reply_id}", status_code=204)
async def remove(reply_id: str, who: ChangingManagerDep, session: SessionDep) -> None:
    """No longer keep a reply."""
    await session.delete(await _changeable(session, who, reply_id))


async def _visible(session: AsyncSession, who: Counsellor) -> list[CannedRow]:
    found = select(CannedRow).order_by(CannedRow.title, CannedRow.id)
    if who.hubs is not None:
        found = found.where(or_(CannedRow.hub.is_(None), CannedRow.hub.in_(who.hubs)))
    return list(await session.scalars(found))


async def _changeable(session: AsyncSession, who: Counsellor, reply_id: str) -> CannedRow:
    row = await session.get(CannedRow, reply_id)
    if row is None or not _may_change(who, row.hub):
        raise NotFound
    return row


# What all hubs read is written by those who have them all.
def _may_change(who: Counsellor, hub: str | None) -> bool:
    return who.hubs is None if hub is None else who.may_see(hub)
