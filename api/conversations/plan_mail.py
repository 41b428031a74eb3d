"""HTTP of the action plan sent by e-mail, to an address that is not kept unless the person wants it."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import store
from api.conversations.models import ConversationRow
from api.conversations.plan import pdf_of
from api.conversations.routes import ConversationDep
from api.database import ServicesDep, SessionDep
from api.limits import RateLimit
from api.notifications.failures import MailNotSet
from api.notifications.mail import is_address
from api.notifications.models import OutboxRow
from api.notifications.outbox import Attachment, queue_mail
from api.services import Services
from bot.profile import too_young_for_contact
from knowledge.errors import HubError, InvalidInput

router = APIRouter(prefix="/api/conversations")
TEMPLATE = "plan"
MAILS_AN_HOUR = 3


class BadAddress(InvalidInput):
    """This is no mail address."""

    code = "bad_address"


class TooYoungForMail(HubError):
    """Under 15, no contact detail is taken."""

    code = "too_young_for_mail"
    status = 409


class TooManyMails(HubError):
    """Three plans an hour are enough. `retry_after` is in seconds."""

    code = "too_many_mails"
    status = 429


class PlanMail(BaseModel):
    """Where to send the plan. `consent`: the address may be kept, to tell what becomes of the person's request."""

    model_config = ConfigDict(extra="forbid")
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]
    consent: bool = False


class Sent(BaseModel):
    """The mail is on its way; `kept` says whether its address is."""

    kept: bool


@router.post("/{conversation_id}/plan/mail", status_code=202)
async def send_plan(
    body: PlanMail,
    conversation: ConversationDep,
    request: Request,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Sent:
    """Send the action plan. The mail leads to no conversation: a slip in the address must not open it to someone."""
    await _check(services, session, conversation, body)
    limit: RateLimit = request.app.state.mails
    for key in (request.client.host if request.client else "", body.email.lower()):
        await limit.check(key)
    content, name = await pdf_of(services, session, conversation, services.settings.site)
    conversation = await store.locked(session, conversation.id, services.clock.now())
    queue_mail(
        session,
        to=body.email,
        template=TEMPLATE,
        now=services.clock.now(),
        conversation_id=conversation.id,
        hub=conversation.hub,
        attachments=[Attachment(name, "application/pdf", content)],
    )
    if body.consent:
        conversation.profile = conversation.profile | {"email": body.email}
        conversation.evidence = conversation.evidence | {"email": []}
        conversation.mail_news = True
        later.add_task(services.broker.publish, conversation.id)
    return Sent(kept=body.consent)


async def _check(services: Services, session: AsyncSession, conversation: ConversationRow, body: PlanMail) -> None:
    if not services.settings.sends_mail:
        raise MailNotSet
    if not is_address(body.email):
        raise BadAddress(field="email")
    age = conversation.profile.get("age")
    if too_young_for_contact(age):
        raise TooYoungForMail
    hour = timedelta(hours=1)
    lately = select(func.count()).where(
        OutboxRow.conversation_id == conversation.id,
        OutboxRow.template == TEMPLATE,
        OutboxRow.created_at > services.clock.now() - hour,
    )
    if (await session.scalar(lately) or 0) >= MAILS_AN_HOUR:
        raise TooManyMails(retry_after=int(hour.total_seconds()))
