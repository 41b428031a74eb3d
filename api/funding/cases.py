"""The plan of a case, and situations kept as test cases: for counsellors."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingCounsellorDep, CounsellorDep
from api.cases.models import CaseRow
from api.cases.routes import CaseDep
from api.conversations import store
from api.conversations.models import ConversationRow
from api.conversations.schemas import Text
from api.database import ServicesDep, SessionDep
from api.funding.models import FundingCaseRow
from api.funding.schemas import Euros, TrainingItem
from bot.funding import training_of
from bot.state import Memory, State
from knowledge.funding import Training
from knowledge.funding.evaluation import Case
from knowledge.funding.recording import as_line, check_expected, kept_profile
from knowledge.funding.reply import as_json

router = APIRouter(prefix="/api")
STORY_MAX_CHARS = 300

Verdict = Literal["eligible", "ineligible", "uncertain", "discretionary", "closed"]


class Expected(BaseModel):
    """What the plan should say, by scheme."""

    model_config = ConfigDict(extra="forbid")

    verdicts: dict[str, Verdict] = Field(default_factory=dict, max_length=40)
    amounts: dict[str, Euros] = Field(default_factory=dict, max_length=40)


class Situation(BaseModel):
    """A situation to keep: `story` in the counsellor's words, without a name; `training` completes what the
    conversation says of it; `on` is today when it is not given."""

    model_config = ConfigDict(extra="forbid")

    story: Annotated[Text, Field(min_length=1, max_length=STORY_MAX_CHARS)]
    training: TrainingItem = Field(default_factory=TrainingItem)
    on: date | None = None
    expect: Expected


class Kept(BaseModel):
    """The id of what was kept."""

    id: str


@router.get("/cases/{case_id}/funding")
async def read_plan(_who: CounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep) -> dict[str, Any]:
    """The plan of the person, as the chat would show it today."""
    state = await _state(session, case)
    plan = services.funding.plan(dict(state.profile), training_of(state), services.clock.today())
    return as_json(plan)


@router.post("/cases/{case_id}/funding-cases", status_code=201)
async def keep(
    body: Situation, who: ChangingCounsellorDep, case: CaseDep, services: ServicesDep, session: SessionDep
) -> Kept:
    """Keep the situation with what the rules should say of it. Raises ExpectationInvalid."""
    amounts = {name: float(amount) for name, amount in body.expect.amounts.items()}
    verdicts = {name: str(verdict) for name, verdict in body.expect.verdicts.items()}
    expect = check_expected(verdicts, amounts, services.funding.records)
    state = await _state(session, case)
    said = body.training.model_dump(mode="json", exclude_none=True)
    row = FundingCaseRow(
        id=f"desk-{uuid4().hex[:16]}",
        story=body.story,
        on=body.on or services.clock.today(),
        profile=kept_profile(state.profile, services.catalogue),
        training=_fields(training_of(state)) | said,
        expect=expect,
        author=who.account.id,
        at=services.clock.now(),
    )
    session.add(row)
    return Kept(id=row.id)


@router.get("/funding/cases")
async def read_cases(_who: CounsellorDep, session: SessionDep) -> Response:
    """All situations kept, as JSON lines that `hub eval funding` reads."""
    rows = await session.scalars(select(FundingCaseRow).order_by(FundingCaseRow.at, FundingCaseRow.id))
    lines = "".join(f"{as_line(case_of(row))}\n" for row in rows)
    return Response(lines, media_type="application/x-ndjson")


def case_of(row: FundingCaseRow) -> Case:
    """A situation in the form of the labelled set."""
    return Case(row.id, row.story, row.on, row.profile, row.training, row.expect)


def state_of(conversation: ConversationRow) -> State:
    """What the assistant knows in a conversation."""
    return State(conversation.profile, conversation.evidence, Memory.model_validate(conversation.memory))


async def _state(session: AsyncSession, case: CaseRow) -> State:
    return state_of(await store.by_id(session, case.conversation_id))


def _fields(training: Training) -> dict[str, Any]:
    known = {"kind": training.kind, "certification": training.certification}
    return {name: value for name, value in known.items() if value is not None}
