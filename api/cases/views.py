"""What counsellors read of a case."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.names import account_name
from api.accounts.openings import note_opening
from api.cases import service
from api.cases.models import CaseRow
from api.cases.schemas import Case, CaseDetail, Note
from api.cases.unread import unread
from api.conversations import store
from api.conversations.models import MessageRow
from api.conversations.schemas import Message
from api.conversations.summaries import record_of
from api.database import aware
from api.services import Services
from bot.profile import CONTACT_FIELDS, labels
from bot.summary import summarise


async def case_view(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow, new: int) -> Case:
    """The case as the queue shows it; `new` messages of the person are new to this counsellor."""
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    return Case(
        id=case.id,
        status=case.status,
        reasons=case.reasons,
        priority=case.priority,
        opened_at=aware(case.opened_at),
        waiting_since=aware(case.waiting_since),
        claimed_by=await account_name(session, case.claimed_by),
        mine=case.claimed_by == who.account.id,
        awaits_reply=_awaits_reply(rows),
        unread=new,
        hub=case.hub,
        contact={name: conversation.profile[name] for name in CONTACT_FIELDS if name in conversation.profile},
        summary=summarise(record_of(conversation, rows, case.reasons, services.catalogue)),
    )


async def case_detail(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> CaseDetail:
    """The case with all a counsellor reads."""
    await note_opening(session, who, case.id, case.hub, services.clock.now())
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    written = await service.notes(session, case)
    new = (await unread(session, who.account.id, [case])).get(case.id, 0)
    return CaseDetail(
        **(await case_view(services, session, who, case, new)).model_dump(),
        transcript=[Message.of(row) for row in rows],
        profile=conversation.profile,
        labels=labels(conversation.profile, services.catalogue),
        notes=[Note(author=name, at=aware(row.at), text=row.text) for name, row in written],
    )


def _awaits_reply(rows: Sequence[MessageRow]) -> bool:
    authors = [row.author for row in rows if row.author in {"person", "counsellor", "bot"}]
    return bool(authors) and authors[-1] == "person"
