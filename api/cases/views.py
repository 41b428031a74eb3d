"""What counsellors read of cases. A list is read in a few queries, whatever its length."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case as when
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import Counsellor
from api.accounts.models import AccountRow
from api.accounts.openings import note_opening
from api.cases import service
from api.cases.models import CaseRow
from api.cases.schemas import Case, CaseDetail, Note
from api.cases.summaries import MadeFrom
from api.cases.unread import unread
from api.conversations import store
from api.conversations.models import ConversationRow, MessageRow
from api.conversations.schemas import Message
from api.conversations.summaries import record_of
from api.database import aware
from api.services import Services
from bot.profile import CONTACT_FIELDS, labels
from bot.summary import Summary, summarise

_SPEAKERS = ("person", "counsellor", "bot")


@dataclass(frozen=True, slots=True)
class _Talk:
    """A conversation, the number of its last message, and whether the person spoke last."""

    row: ConversationRow
    last_seq: int
    awaits_reply: bool


async def case_views(
    services: Services, session: AsyncSession, who: Counsellor, cases: Sequence[CaseRow]
) -> list[Case]:
    """The cases as the queue shows them, in the same order."""
    talks = await _talks(session, [case.conversation_id for case in cases])
    summaries = await _summaries(services, session, cases, talks)
    names = await _names(session, {case.claimed_by for case in cases if case.claimed_by})
    new = await unread(session, who.account.id, cases)
    return [
        _view(case, who, talks[case.conversation_id], names.get(case.claimed_by or ""), new.get(case.id, 0), summary)
        for case, summary in zip(cases, summaries, strict=True)
    ]


async def case_detail(services: Services, session: AsyncSession, who: Counsellor, case: CaseRow) -> CaseDetail:
    """The case with all a counsellor reads."""
    await note_opening(session, who, case.id, case.hub, services.clock.now())
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    written = await service.notes(session, case)
    (view,) = await case_views(services, session, who, [case])
    return CaseDetail(
        **view.model_dump(),
        transcript=[Message.of(row) for row in rows],
        profile=conversation.profile,
        labels=labels(conversation.profile, services.catalogue),
        notes=[Note(author=name, at=aware(row.at), text=row.text) for name, row in written],
    )


def _view(case: CaseRow, who: Counsellor, talk: _Talk, holder: str | None, new: int, summary: Summary) -> Case:
    profile = talk.row.profile
    return Case(
        id=case.id,
        status=case.status,
        reasons=case.reasons,
        priority=case.priority,
        opened_at=aware(case.opened_at),
        waiting_since=aware(case.waiting_since),
        claimed_by=holder,
        mine=case.claimed_by == who.account.id,
        awaits_reply=talk.awaits_reply,
        unread=new,
        hub=case.hub,
        contact={name: profile[name] for name in CONTACT_FIELDS if name in profile},
        summary=summary,
    )


async def _talks(session: AsyncSession, ids: Sequence[str]) -> dict[str, _Talk]:
    """The conversations by id."""
    spoken = func.max(when((MessageRow.author.in_(_SPEAKERS), MessageRow.seq)))
    by_person = func.max(when((MessageRow.author == "person", MessageRow.seq)))
    latest = (
        select(MessageRow.conversation_id, func.max(MessageRow.seq), spoken == by_person)
        .where(MessageRow.conversation_id.in_(ids))
        .group_by(MessageRow.conversation_id)
    )
    ends = {row[0]: (row[1], bool(row[2])) for row in await session.execute(latest)}
    rows = await session.scalars(select(ConversationRow).where(ConversationRow.id.in_(ids)))
    return {row.id: _Talk(row, *ends.get(row.id, (0, False))) for row in rows}


async def _summaries(
    services: Services, session: AsyncSession, cases: Sequence[CaseRow], talks: Mapping[str, _Talk]
) -> list[Summary]:
    """Those kept; the messages of the others are read, and theirs made."""
    cache, catalogue = services.summaries, services.catalogue
    sources = [MadeFrom.of(case, (talk := talks[case.conversation_id]).row, talk.last_seq) for case in cases]
    found = [cache.get(case.id, source) for case, source in zip(cases, sources, strict=True)]
    missing = [case.conversation_id for case, summary in zip(cases, found, strict=True) if summary is None]
    messages = await _messages(session, missing)
    made = []
    for case, source, kept in zip(cases, sources, found, strict=True):
        rows = messages[case.conversation_id]
        made.append(kept or summarise(record_of(talks[case.conversation_id].row, rows, case.reasons, catalogue)))
        cache.keep(case.id, source, made[-1])
    return made


async def _messages(session: AsyncSession, ids: Sequence[str]) -> Mapping[str, list[MessageRow]]:
    found: defaultdict[str, list[MessageRow]] = defaultdict(list)
    if ids:
        asked = select(MessageRow).where(MessageRow.conversation_id.in_(ids))
        for row in await session.scalars(asked.order_by(MessageRow.conversation_id, MessageRow.seq)):
            found[row.conversation_id].append(row)
    return found


async def _names(session: AsyncSession, ids: set[str]) -> Mapping[str, str]:
    if not ids:
        return {}
    rows = await session.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids)))
    return {row[0]: row[1] for row in rows}
