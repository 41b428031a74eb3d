"""The queue of a counsellor: which cases of theirs answer what they ask for, in what order."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.cases.models import CaseRow
from api.cases.searching import holding
from api.cases.visibility import readable
from knowledge.catalogue import Catalogue

QUEUE_MAX = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a counsellor asks the queue for: all of it by default. `words` are searched in what a case says."""

    status: str | None = None
    hub: str | None = None
    reason: str | None = None
    words: str = ""
    mine: bool = False


async def visible_cases(
    session: AsyncSession, catalogue: Catalogue, who: Counsellor, wanted: Wanted
) -> Sequence[CaseRow]:
    """The cases of this counsellor's hubs, and those they hold, most urgent then oldest first, 200 at most."""
    found = _scope(who, wanted)
    if wanted.words.strip():
        return (await holding(session, catalogue, found, wanted.words))[:QUEUE_MAX]
    return list(await session.scalars(found.limit(QUEUE_MAX)))


def _scope(who: Counsellor, wanted: Wanted) -> Select[CaseRow]:
    found = select(CaseRow).where(readable(who)).order_by(CaseRow.priority, CaseRow.opened_at, CaseRow.id)
    if wanted.status is not None:
        found = found.where(CaseRow.status == wanted.status)
    if wanted.hub is not None:
        found = found.where(CaseRow.hub == wanted.hub)
    if wanted.reason is not None:
        # A list of names in JSON: read as text, which both databases do alike.
        found = found.where(cast(CaseRow.reasons, String).contains(f'"{wanted.reason}"', autoescape=True))
    if wanted.mine:
        found = found.where(CaseRow.claimed_by == who.account.id)
    return found
