"""HTTP of the inbox: counsellors say what a message means."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.accounts.access import ChangingCounsellorDep, CounsellorDep
from api.conversations.schemas import MESSAGE_MAX_CHARS, Text
from api.database import ServicesDep, SessionDep, aware
from api.learning import inbox
from api.learning.models import ReviewRow
from knowledge.errors import InvalidInput
from nlu.corpus_reader import known_intents

router = APIRouter(prefix="/api/learning/messages")


class UnknownIntent(InvalidInput):
    """No intent has this name."""

    code = "unknown_intent"


class ReviewItem(BaseModel):
    """A message to label, or labelled. `guesses` are the intents thought of, likeliest first."""

    id: str
    text: str
    reason: str
    guesses: list[str]
    at: datetime
    label: str | None

    @classmethod
    def of(cls, row: ReviewRow) -> "ReviewItem":
        """What the desk sees of it."""
        return cls(id=row.id, text=row.text, reason=row.reason, guesses=row.guesses, at=aware(row.at), label=row.label)


class Reviews(BaseModel):
    """The inbox, and the intents to choose from."""

    items: list[ReviewItem]
    intents: list[str]


class Labelling(BaseModel):
    """What the message means; `text` when the counsellor took something out of it or put it right."""

    model_config = ConfigDict(extra="forbid")

    intent: str
    text: Annotated[Text, Field(min_length=1, max_length=MESSAGE_MAX_CHARS)] | None = None


@router.get("")
async def read_inbox(
    who: CounsellorDep, services: ServicesDep, session: SessionDep, *, labelled: bool = False
) -> Reviews:
    """What waits to be labelled, or what was labelled last."""
    await inbox.forget_old(session, services.clock.now(), services.settings.inbox_days)
    rows = await inbox.waiting(session, who, labelled=labelled)
    return Reviews(items=[ReviewItem.of(row) for row in rows], intents=sorted(known_intents()))


@router.post("/{review_id}/label")
async def label(
    review_id: str, body: Labelling, who: ChangingCounsellorDep, services: ServicesDep, session: SessionDep
) -> ReviewItem:
    """Say what the message means; again to change one's mind. Raises UnknownIntent."""
    if body.intent not in known_intents():
        raise UnknownIntent(field="intent")
    row = await inbox.visible(session, who, review_id)
    inbox.label(row, body.intent, body.text or row.text, who, services.clock.now())
    return ReviewItem.of(row)


@router.delete("/{review_id}", status_code=204)
async def leave_out(review_id: str, who: ChangingCounsellorDep, session: SessionDep) -> Response:
    """Not worth learning, or not anonymous enough: it goes."""
    await session.delete(await inbox.visible(session, who, review_id))
    return Response(status_code=204)
