"""What is told of a case, and to whom: the hub's team and the person by mail, another program by web request."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.names import account_name
from api.cases.lifecycle import Step
from api.cases.models import CaseRow
from api.conversations import store
from api.notifications import recipients
from api.notifications.models import OutboxRow
from api.notifications.outbox import RETURN_LINK, TEXTS, Attachment, forget, queue_mail, queue_webhook
from api.services import Services

# Below this priority, a case does not wait like the others.
_ORDINARY = 2
# What the team of a hub is told of a step, and what the person is.
_TO_HUB: Mapping[Step, str] = {
    "open": "case_opened",
    "reopen": "case_opened",
    "transfer": "case_opened",
    "join": "case_urgent",
}
_TO_PERSON: Mapping[Step, str] = {
    "claim": "person_claimed",
    "entrust": "person_claimed",
    "return": "person_returned",
    "close": "person_closed",
    "expire": "person_expired",
}
# From these steps on, a case waits.
_WAITS: frozenset[Step] = frozenset({"open", "reopen", "release", "transfer"})
_ON_DATES = ("appointment_confirmed", "appointment_changed", "appointment_cancelled")
_UNREAD = "person_answered"
_REMINDER = "case_reminder"


async def step_taken(services: Services, session: AsyncSession, case: CaseRow, step: Step) -> None:
    """Queue what is told of a step of `case`, in its transaction. The names of reasons go to the other program alone:
    in a mail they would say too much."""
    if services.settings.webhook_url is not None:
        _tell_program(services, session, case, step)
    if services.settings.sends_mail:
        await _tell_hub(services, session, case, step)
        await _remind(services, session, case, step)
        if template := _TO_PERSON.get(step):
            await tell_person(services, session, case, template)


async def answered(services: Services, session: AsyncSession, case: CaseRow) -> None:
    """A counsellor wrote to the person. Who is not there to read it gets one mail, however many answers follow, until
    they write or come back."""
    if not services.settings.sends_mail or await services.broker.is_watched(case.conversation_id):
        return
    last = await store.last_of_person(session, case.conversation_id)
    told = select(OutboxRow.id).where(OutboxRow.conversation_id == case.conversation_id, OutboxRow.template == _UNREAD)
    if last is not None:
        told = told.where(OutboxRow.created_at > last.at)
    if (await session.scalars(told.limit(1))).first() is None:
        await tell_person(services, session, case, _UNREAD)


async def came_back(session: AsyncSession, conversation_id: str) -> None:
    """The person came back by a link: the next answer that they are not there to read is told of again."""
    await forget(session, conversation_id, _UNREAD)


async def stop(session: AsyncSession, conversation_id: str) -> None:
    """The person wants no more mails: those that wait do not leave."""
    for template in {*_TO_PERSON.values(), *_ON_DATES, _UNREAD}:
        await forget(session, conversation_id, template)


async def tell_person(
    services: Services,
    session: AsyncSession,
    case: CaseRow,
    template: str,
    attachments: Sequence[Attachment] = (),
    **params: Any,
) -> None:
    """A mail to the person with a link back, where they want one. `params` fill the text of `template`."""
    conversation = await store.by_id(session, case.conversation_id)
    to = recipients.of_person(conversation)
    if to is None:
        return
    name = await account_name(session, case.claimed_by) or ""
    queue_mail(
        session,
        to=to,
        template=template,
        now=services.clock.now(),
        conversation_id=conversation.id,
        hub=case.hub,
        name=name,
        link=RETURN_LINK,
        footer=TEXTS.get("footer"),
        attachments=attachments,
        **params,
    )


def _tell_program(services: Services, session: AsyncSession, case: CaseRow, step: Step) -> None:
    now = services.clock.now()
    body = {
        "case": case.id,
        "hub": case.hub,
        "reasons": case.reasons,
        "status": case.status,
        "transition": step,
        "at": now.isoformat(),
    }
    queue_webhook(session, event=f"case.{step}", body=body, now=now, conversation_id=case.conversation_id, hub=case.hub)


async def _tell_hub(services: Services, session: AsyncSession, case: CaseRow, step: Step) -> None:
    template = _TO_HUB.get(step)
    if template is None or (step == "join" and case.priority >= _ORDINARY):
        return
    if case.priority < _ORDINARY:
        template = "case_urgent"
    await _to_team(services, session, case, template)


async def _remind(services: Services, session: AsyncSession, case: CaseRow, step: Step) -> None:
    """A case that waits from now on is recalled after a time; one that waits no more, no longer."""
    if step in _WAITS or case.status != "pending":
        await forget(session, case.conversation_id, _REMINDER)
    if step in _WAITS:
        for hours in services.settings.reminder_hours:
            await _to_team(services, session, case, _REMINDER, after=timedelta(hours=hours))


async def _to_team(
    services: Services, session: AsyncSession, case: CaseRow, template: str, after: timedelta = timedelta()
) -> None:
    now = services.clock.now()
    hub = services.catalogue.hubs.get(case.hub or "")
    for to in await recipients.of_hub(session, case.hub, regional=case.regional):
        queue_mail(
            session,
            to=to,
            template=template,
            now=now,
            not_before=now + after,
            conversation_id=case.conversation_id,
            hub=case.hub,
            place=hub.town if hub else TEXTS.get("every_hub"),
            url=f"{services.settings.site}/conseil",
        )
