"""What counsellors do with cases. One transaction each; live events are published once it is committed."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import or_, select
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
QUEUE_MAX = 200


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
    """The cases of this counsellor's hubs, most urgent then oldest first, 200 at most."""
    found = select(CaseRow).order_by(CaseRow.priority, CaseRow.opened_at).limit(QUEUE_MAX)
    if who.hubs is not None:
        found = found.where(or_(CaseRow.hub.is_(None), CaseRow.hub.in_(who.hubs), CaseRow.claimed_by == who.account.id))
    if status is not None:
        found = found.where(CaseRow.status == status)
    if hub is not None:
        found = found.where(CaseRow.hub == hub)
    if mine:
        found = found.where(CaseRow.claimed_by == who.account.id)
    return list(await session.scalars(found))


async def visible_case(session: AsyncSession, who: Counsellor, case_id: str) -> CaseRow:
    """One case of this counsellor's hubs, or one they hold. Raises NotFound for any other, alike."""
    case = await session.get(CaseRow, case_id)
    if case is None or not (who.may_see(case.hub) or case.claimed_by == who.account.id):
        raise NotFound
    return case


async def claim(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> None:
    """Take the case: exactly one counsellor does; for its holder nothing changes. Raises CaseAlreadyClaimed,
    IllegalTransition."""
    conversation = await _locked(services, session, case)
    if case.status == "claimed":
        if case.claimed_by != who.account.id:
            raise CaseAlreadyClaimed(name=await account_name(session, case.claimed_by))
        return
    case.status = after(_status(case), "claim")
    case.claimed_by, case.claimed_at = who.account.id, services.clock.now()
    words = TEXTS.get("claimed", name=who.account.name)
    await _entered(services, session, conversation, case, who, "claim", words)


async def move(
    services: Services,
    session: AsyncSession,
    who: Counsellor,
    case: CaseRow,
    transition: Transition,
    outcome: str | None = None,
) -> None:
    """Release, return or close a case. Raises NotCaseHolder, IllegalTransition."""
    conversation = await _locked(services, session, case)
    _check_holder(case, who)
    case.status = after(_status(case), transition)
    if case.status == "pending":
        case.claimed_by = None
    if case.status in {"closed", "returned"}:
        case.closed_at, case.outcome = services.clock.now(), outcome
    words = TEXTS.get({"release": "released", "return": "returned", "close": "closed"}[transition])
    await _entered(services, session, conversation, case, who, transition, words, outcome)


async def transfer(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, to: str) -> None:
    """Give the case to a colleague (e-mail or account id), who then holds it, or put it in the queue of another hub.
    Raises UnknownRecipient, NotCaseHolder, IllegalTransition."""
    conversation = await _locked(services, session, case)
    _check_holder(case, who)
    known = select(AccountRow).where(or_(AccountRow.email == to.lower(), AccountRow.id == to))
    colleague = (await session.scalars(known)).first()
    if colleague is not None:
        case.status = after(_status(case), "entrust")
        case.claimed_by, case.claimed_at = colleague.id, services.clock.now()
        words = TEXTS.get("claimed", name=colleague.name)
        await _entered(services, session, conversation, case, who, "entrust", words, colleague.id)
    elif to in services.catalogue.hubs:
        case.status = after(_status(case), "transfer")
        case.claimed_by, case.hub = None, to
        await _entered(services, session, conversation, case, who, "transfer", TEXTS.get("released"), to)
    else:
        raise UnknownRecipient(field="to")


async def write_to_person(
    services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, text: str
) -> MessageRow:
    """A message of the counsellor in the conversation. Raises NotCaseHolder."""
    conversation = await _locked(services, session, case)
    if case.status != "claimed" or case.claimed_by != who.account.id:
        raise NotCaseHolder
    return await store.append(session, conversation, author="counsellor", text=text, now=services.clock.now())


async def add_note(session: AsyncSession, who: Counsellor, case: CaseRow, text: str, now: datetime) -> None:
    """An internal note on the case."""
    session.add(CaseNoteRow(case_id=case.id, author=who.account.id, at=now, text=text))


async def notes(session: AsyncSession, case: CaseRow) -> list[tuple[str, CaseNoteRow]]:
    """The notes of a case with their authors' names, oldest first."""
    found = select(AccountRow.name, CaseNoteRow).join(AccountRow, AccountRow.id == CaseNoteRow.author)
    rows = await session.execute(found.where(CaseNoteRow.case_id == case.id).order_by(CaseNoteRow.id))
    return [(name, row) for name, row in rows]


async def account_name(session: AsyncSession, account_id: str | None) -> str | None:
    """The name of an account."""
    account = await session.get(AccountRow, account_id) if account_id else None
    return account.name if account else None


async def _locked(services: Services, session: AsyncSession, case: CaseRow) -> ConversationRow:
    """The case's conversation, and the case itself read again, unchanged by others until the transaction ends."""
    conversation = await store.locked(session, case.conversation_id, services.clock.now())
    await session.refresh(case)
    return conversation


def _check_holder(case: CaseRow, who: Counsellor) -> None:
    if case.status == "claimed" and case.claimed_by != who.account.id:
        raise NotCaseHolder


async def _entered(
    services: Services,
    session: AsyncSession,
    conversation: ConversationRow,
    case: CaseRow,
    who: Counsellor,
    transition: Transition,
    words: str,
    detail: str | None = None,
) -> None:
    """After a transition: the conversation changes hands, the person is told, the audit trail grows."""
    now = services.clock.now()
    conversation.owner = OWNERS[_status(case)]
    await store.append(session, conversation, author="system", text=words, now=now)
    session.add(CaseEventRow(case_id=case.id, at=now, actor=who.account.id, transition=transition, detail=detail))
    await session.flush()


def _status(case: CaseRow) -> Status:
    status: Status = case.status  # type: ignore[assignment]  # the column holds nothing else
    return status
