"""What counsellors do with cases. One transaction each; live events are published once it is committed."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.models import AccountRow
from api.cases.lifecycle import OWNERS, Status, Transition, after
from api.cases.models import CaseEventRow, CaseNoteRow, CaseRow
from api.conversations import store
from api.conversations.models import ConversationRow, MessageRow
from api.services import Services
from knowledge.errors import HubError, InvalidInput, NotFound
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "system.yml")


class CaseAlreadyClaimed(HubError):
    """Another counsellor holds the case; `name` says who."""

    code = "case_already_claimed"
    status = 409


class NotCaseHolder(HubError):
    """Only who holds the case may do this."""

    code = "not_case_holder"
    status = 409


class UnknownRecipient(InvalidInput):
    """No colleague and no hub has this name."""

    code = "unknown_recipient"


async def visible_cases(
    session: AsyncSession, who: Counsellor, status: str | None, hub: str | None, *, mine: bool
) -> list[CaseRow]:
    """The cases of this counsellor's hubs, most urgent then oldest first."""
    found = select(CaseRow).order_by(CaseRow.priority, CaseRow.opened_at)
    if status is not None:
        found = found.where(CaseRow.status == status)
    if hub is not None:
        found = found.where(CaseRow.hub == hub)
    if mine:
        found = found.where(CaseRow.claimed_by == who.account.id)
    return [case for case in await session.scalars(found) if who.may_see(case.hub)]


async def visible_case(session: AsyncSession, who: Counsellor, case_id: str) -> CaseRow:
    """One case of this counsellor's hubs. Raises NotFound for any other, alike."""
    case = await session.get(CaseRow, case_id)
    if case is None or not who.may_see(case.hub):
        raise NotFound
    return case


async def claim(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> None:
    """Take the case: exactly one counsellor does; for its holder nothing changes. Raises CaseAlreadyClaimed,
    IllegalTransition."""
    now = services.clock.now()
    if case.status != "claimed":
        after(_status(case), "claim")
    taken = await session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id, CaseRow.status == "pending")
        .values(status="claimed", claimed_by=who.account.id, claimed_at=now)
    )
    await session.refresh(case)
    if taken.rowcount == 0:  # type: ignore[attr-defined]
        if case.claimed_by != who.account.id:
            raise CaseAlreadyClaimed(name=await account_name(session, case.claimed_by) or "?")
        return
    await _entered(services, session, case, who, "claim", TEXTS.get("claimed", name=who.account.name))


async def move(
    services: Services,
    session: AsyncSession,
    who: Counsellor,
    case: CaseRow,
    transition: Transition,
    outcome: str | None = None,
) -> None:
    """Release, return or close a case. Raises NotCaseHolder, IllegalTransition."""
    if case.status == "claimed" and case.claimed_by != who.account.id:
        raise NotCaseHolder
    case.status = after(_status(case), transition)
    if case.status != "claimed":
        case.claimed_by = None
    if case.status in {"closed", "returned"}:
        case.closed_at, case.outcome = services.clock.now(), outcome
    words = {"release": "released", "return": "returned", "close": "closed"}[transition]
    await _entered(services, session, case, who, transition, TEXTS.get(words), outcome)


async def transfer(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, to: str) -> None:
    """Give the case to a colleague, who then holds it, or put it in the queue of another hub. Raises
    UnknownRecipient, NotCaseHolder."""
    if case.status == "claimed" and case.claimed_by != who.account.id:
        raise NotCaseHolder
    after(_status(case), "transfer")
    colleague = (await session.scalars(select(AccountRow).where(AccountRow.email == to.lower()))).first()
    if colleague is not None:
        case.status, case.claimed_by, case.claimed_at = "claimed", colleague.id, services.clock.now()
        await _entered(
            services, session, case, who, "transfer", TEXTS.get("claimed", name=colleague.name), colleague.id
        )
    elif to in services.catalogue.hubs:
        case.status, case.claimed_by, case.hub = "pending", None, to
        await _entered(services, session, case, who, "transfer", TEXTS.get("released"), to)
    else:
        raise UnknownRecipient(field="to")


async def write_to_person(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, text: str
) -> MessageRow:
    """A message of the counsellor in the conversation. Raises NotCaseHolder."""
    if case.status != "claimed" or case.claimed_by != who.account.id:
        raise NotCaseHolder
    conversation = await store.by_id(session, case.conversation_id)
    return await store.append(session, conversation, author="counsellor", text=text, now=services.clock.now())


async def add_note(session: AsyncSession, who: Counsellor, case: CaseRow, text: str, now: datetime) -> None:
    """An internal note on the case."""
    session.add(CaseNoteRow(case_id=case.id, author=who.account.id, at=now, text=text))


async def notes(session: AsyncSession, case: CaseRow) -> list[tuple[str, CaseNoteRow]]:
    """The notes of a case with their authors' names, oldest first."""
    found = select(AccountRow.name, CaseNoteRow).join(AccountRow, AccountRow.id == CaseNoteRow.author)
    return list((await session.execute(found.where(CaseNoteRow.case_id == case.id).order_by(CaseNoteRow.id))).tuples())


async def account_name(session: AsyncSession, account_id: str | None) -> str | None:
    """The name of an account."""
    account = await session.get(AccountRow, account_id) if account_id else None
    return account.name if account else None


async def _entered(
    services: Services,
    session: AsyncSession,
    case: CaseRow,
    who: Counsellor,
    transition: Transition,
    words: str,
    detail: str | None = None,
) -> None:
    """After a transition: the conversation changes hands, the person is told, the audit trail grows."""
    now = services.clock.now()
    conversation: ConversationRow = await store.by_id(session, case.conversation_id)
    conversation.owner = OWNERS[_status(case)]
    await store.append(session, conversation, author="system", text=words, now=now)
    session.add(CaseEventRow(case_id=case.id, at=now, actor=who.account.id, transition=transition, detail=detail))


def _status(case: CaseRow) -> Status:
    status: Status = case.status  # type: ignore[assignment]  # the column holds nothing else
    return status
