"""A case goes from one state to the next: the only way, for counsellors, for the person and for the timers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.names import account_name
from api.cases.happened import happened
from api.cases.lifecycle import IllegalTransition, Step, Transition, owner_after, sources, status_of, target
from api.cases.models import CaseEventRow, CaseRow
from api.conversations import store
from api.services import Services
from knowledge.errors import HubError
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "system.yml")
# What the person is told; who withdrew is answered by the assistant.
_TOLD: Mapping[Transition, str] = {
    "claim": "claimed",
    "entrust": "claimed",
    "release": "released",
    "transfer": "released",
    "return": "returned",
    "close": "closed",
    "expire": "expired",
    "reopen": "reopened",
}


class CaseAlreadyClaimed(HubError):
    """Another counsellor holds the case; `name` says who."""

    code = "case_already_claimed"
    status = 409


class NotCaseHolder(HubError):
    """Only who holds the case may do this."""

    code = "not_case_holder"
    status = 409


async def enter(
    services: Services,
    session: AsyncSession,
    case: CaseRow,
    transition: Transition,
    *,
    by: str | None,
    changes: Mapping[str, Any] | None = None,
    detail: str | None = None,
    told: str | None = None,
) -> None:
    """Move `case` by `transition`: the state, who has the conversation, what the person reads and the audit trail, all
    or nothing. `by` is an account, which must hold a claimed case; None is the person or the program. `changes` are
    further columns of the case, `detail` goes to the audit trail, `told` is another sentence for the person.

    One conditional UPDATE decides between those who try at once. Raises CaseAlreadyClaimed, NotCaseHolder,
    IllegalTransition.
    """
    now = services.clock.now()
    conversation = await store.locked(session, case.conversation_id, now)
    if not await _won(session, case, transition, by, {**_columns(transition, by, now), **(changes or {})}):
        raise await _refusal(session, case, transition, by)
    conversation.owner = owner_after(transition)
    text = told or await _usual(session, case, transition)
    if text:
        await store.append(session, conversation, author="system", text=text, now=now)
    await record(services, session, case, transition, by, detail)


async def record(
    services: Services, session: AsyncSession, case: CaseRow, step: Step, by: str | None, detail: str | None = None
) -> None:
    """A step in the audit trail, of which the rest of the program hears."""
    session.add(CaseEventRow(case_id=case.id, at=services.clock.now(), actor=by, transition=step, detail=detail))
    await session.flush()
    await happened(services, session, case, step, detail)


async def _won(
    session: AsyncSession, case: CaseRow, transition: Transition, by: str | None, columns: Mapping[str, Any]
) -> bool:
    change = update(CaseRow).where(CaseRow.id == case.id, CaseRow.status.in_(sources(transition)))
    if by is not None:
        change = change.where(or_(CaseRow.status != "claimed", CaseRow.claimed_by == by))
    try:
        done = await session.execute(change.values(**columns).execution_options(synchronize_session=False))
    except IntegrityError:
        # Only opening again can meet the index of open cases: the conversation has another one by now.
        raise IllegalTransition from None
    await session.refresh(case)
    return isinstance(done, CursorResult) and done.rowcount == 1


def _columns(transition: Transition, by: str | None, now: datetime) -> dict[str, Any]:
    status = target(transition)
    columns: dict[str, Any] = {"status": status}
    if status == "pending":
        columns |= {"claimed_by": None, "closed_at": None, "outcome": None}
        columns |= {"waiting_since": now, "long_wait_told_at": None}
    elif status == "claimed":
        columns |= {"claimed_by": by, "claimed_at": now, "active_at": now}
    else:
        columns |= {"closed_at": now}
    return columns


async def _refusal(session: AsyncSession, case: CaseRow, transition: Transition, by: str | None) -> HubError:
    """Why the case, as it is by now, could not be moved."""
    if case.status == "claimed" and case.claimed_by != by:
        if transition == "claim":
            return CaseAlreadyClaimed(name=await account_name(session, case.claimed_by))
        if status_of(case.status) in sources(transition):
            return NotCaseHolder()
    return IllegalTransition()


async def _usual(session: AsyncSession, case: CaseRow, transition: Transition) -> str | None:
    words = _TOLD.get(transition)
    return TEXTS.get(words, name=await account_name(session, case.claimed_by)) if words else None
