"""What a counsellor has not read yet of the conversations in their queue."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.cases.models import CaseReadRow, CaseRow
from api.conversations.models import MessageRow
from api.conversations.store import last_seq


async def mark_read(session: AsyncSession, account_id: str, case: CaseRow, seq: int) -> None:
    """This account has read the conversation up to message `seq`; an older mark never replaces a newer one."""
    seq = min(seq, await last_seq(session, case.conversation_id))
    if await session.get(CaseReadRow, (account_id, case.id)) is None:
        # Two windows of one account may read at the same time.
        with suppress(IntegrityError):
            async with session.begin_nested():
                session.add(CaseReadRow(account_id=account_id, case_id=case.id, last_seq=seq))
    mark = CaseReadRow
    newer = update(mark).where(mark.account_id == account_id, mark.case_id == case.id, mark.last_seq < seq)
    await session.execute(newer.values(last_seq=seq))


async def unread(session: AsyncSession, account_id: str, cases: Iterable[CaseRow]) -> Mapping[str, int]:
    """How many messages of the person this account has not read, by case id; cases without any are left out."""
    read = (CaseReadRow.case_id == CaseRow.id) & (CaseReadRow.account_id == account_id)
    counted = (
        select(CaseRow.id, func.count())
        .join(MessageRow, MessageRow.conversation_id == CaseRow.conversation_id)
        .outerjoin(CaseReadRow, read)
        .where(
            CaseRow.id.in_([case.id for case in cases]),
            MessageRow.author == "person",
            or_(CaseReadRow.last_seq.is_(None), MessageRow.seq > CaseReadRow.last_seq),
        )
        .group_by(CaseRow.id)
    )
    rows = await session.execute(counted)
    return {row[0]: row[1] for row in rows}
