"""HTTP by which a counsellor takes a copy of the summary, or sends it to a colleague."""

import asyncio

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingCounsellorDep, may_see
from api.accounts.models import AccountRow
from api.cases.models import CaseRow
from api.cases.routes import CaseDep
from api.cases.schemas import Recipient
from api.cases.transferring import UnknownRecipient
from api.conversations import store
from api.conversations.summaries import record_of
from api.database import ServicesDep, SessionDep, aware
from api.notifications.failures import MailNotSet
from api.notifications.outbox import RETURN_LINK, TEXTS, queue_mail
from api.services import Services
from bot.summary import Summary, summarise
from bot.summary.rendering import as_text
from bot.wording import say
from connectors.documents.summary import summary_pdf, summary_text
from knowledge.clock import PARIS

router = APIRouter(prefix="/api/cases")
_PRIVATE = {"Cache-Control": "no-store"}


class Sending(BaseModel):
    """To which colleague the summary goes: their e-mail."""

    model_config = ConfigDict(extra="forbid")
    to: Recipient


@router.get("/{case_id}/summary.txt")
async def read_text(case: CaseDep, services: ServicesDep, session: SessionDep) -> PlainTextResponse:
    """The summary as text, to be pasted elsewhere."""
    made = await _summary(services, session, case)
    text = summary_text(made, _place(services, case), aware(case.opened_at).astimezone(PARIS))
    return PlainTextResponse(text, headers=_PRIVATE)


@router.get("/{case_id}/summary.pdf")
async def read_pdf(case: CaseDep, services: ServicesDep, session: SessionDep) -> Response:
    """The summary as one page."""
    made = await _summary(services, session, case)
    opened, now = aware(case.opened_at).astimezone(PARIS), services.clock.now()
    content = await asyncio.to_thread(summary_pdf, made, _place(services, case), opened, now)
    name = f"{say('summary.copy.file')}-{opened.date().isoformat()}.pdf"
    headers = _PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.post("/{case_id}/summary/mail", status_code=204)
async def send(
    body: Sending, who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep
) -> Response:
    """Send the summary to a colleague who may see this case. Raises UnknownRecipient for anyone else, MailNotSet."""
    if not services.settings.sends_mail:
        raise MailNotSet
    found = select(AccountRow).where(AccountRow.email == body.to.lower())
    colleague = (await session.scalars(found)).first()
    if colleague is None or not colleague.active or not _sees(colleague, case):
        raise UnknownRecipient(field="to")
    words = as_text(await _summary(services, session, case))
    queue_mail(
        session,
        to=colleague.email,
        template="case_summary",
        now=services.clock.now(),
        conversation_id=case.conversation_id,
        hub=case.hub,
        place=_place(services, case),
        name=who.account.name,
        # Words of the person that look like the place of a link back are no link.
        summary=words.replace(RETURN_LINK, ""),
        url=f"{services.settings.site}/conseil",
    )
    return Response(status_code=204)


def _sees(colleague: AccountRow, case: CaseRow) -> bool:
    return may_see(colleague, case.hub) or case.claimed_by == colleague.id


async def _summary(services: Services, session: AsyncSession, case: CaseRow) -> Summary:
    conversation = await store.by_id(session, case.conversation_id)
    rows = await store.messages(session, case.conversation_id)
    return summarise(record_of(conversation, rows, case.reasons, services.catalogue))


def _place(services: Services, case: CaseRow) -> str:
    hub = services.catalogue.hubs.get(case.hub or "")
    return hub.town if hub else TEXTS.get("every_hub")
