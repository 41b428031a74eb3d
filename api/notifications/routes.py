"""HTTP of the outbox, for managers: what waits, what left, what could not."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.accounts.access import ChangingManagerDep, ManagerDep
from api.database import ServicesDep, SessionDep, aware
from api.notifications import service
from api.notifications.models import OutboxRow

router = APIRouter(prefix="/api/outbox")


class Sending(BaseModel):
    """One thing to send. Neither its address nor its words: who follows the sending needs none of them."""

    id: str
    channel: Literal["mail", "webhook"]
    template: str
    hub: str | None
    status: Literal["waiting", "sent", "dead"]
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    sent_at: datetime | None
    last_error: str | None

    @classmethod
    def of(cls, row: OutboxRow) -> "Sending":
        """What of a row is shown."""
        return cls.model_validate(
            {name: getattr(row, name) for name in cls.model_fields}
            | {
                "created_at": aware(row.created_at),
                "next_attempt_at": aware(row.next_attempt_at) if row.status == "waiting" else None,
                "sent_at": aware(row.sent_at) if row.sent_at else None,
            }
        )


class Sendings(BaseModel):
    """The outbox, latest first. `sends_mail` and `sends_webhook` say what is set: nothing else is ever queued."""

    items: list[Sending]
    sends_mail: bool
    sends_webhook: bool


@router.get("")
async def list_sendings(
    who: ManagerDep,
    services: ServicesDep,
    session: SessionDep,
    status: Literal["waiting", "sent", "dead"] | None = None,
) -> Sendings:
    """What concerns the manager's hubs."""
    rows = await service.listed(session, who, status)
    return Sendings(
        items=[Sending.of(row) for row in rows],
        sends_mail=services.settings.sends_mail,
        sends_webhook=services.settings.webhook_url is not None,
    )


@router.post("/{sending_id}/retry")
async def retry(sending_id: str, who: ChangingManagerDep, services: ServicesDep, session: SessionDep) -> Sending:
    """Send again what could not be sent."""
    return Sending.of(await service.send_again(session, who, sending_id, services.clock.now()))


@router.delete("/{sending_id}", status_code=204)
async def discard(sending_id: str, who: ChangingManagerDep, session: SessionDep) -> None:
    """Give up what could not be sent."""
    await service.discard(session, who, sending_id)
