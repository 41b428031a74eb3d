"""A counsellor proposes certifications, or a scheme: only codes are sent, what is shown comes from our records."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.access import ChangingCounsellorDep
from api.cases import service
from api.cases.models import CaseRow
from api.cases.routes import CaseDep, tell
from api.cases.schemas import Writing
from api.conversations import store
from api.conversations.schemas import Message
from api.database import ServicesDep, SessionDep
from api.funding.cases import state_of
from api.knowledge.routes import UnknownCertification
from api.services import Services
from bot.funding import training_of
from bot.proposals import about, certification_item
from knowledge.errors import NotFound
from knowledge.funding.reply import as_json
from knowledge.search.engine import SearchHit
from knowledge.texts import Texts

router = APIRouter(prefix="/api/cases")
TEXTS = Texts.load(Path(__file__).parents[1] / "texts" / "desk.yml")
MOST_AT_ONCE = 5

_Code = Annotated[str, StringConstraints(pattern=r"^(RNCP|RS)\d{1,6}$")]


class UnknownScheme(NotFound):
    """No scheme has this id."""

    code = "unknown_scheme"


class Proposal(BaseModel):
    """What to show the person: certifications, or one scheme. The same `client_id` twice is one message."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID | None = None
    certifications: Annotated[list[_Code], Field(max_length=MOST_AT_ONCE)] = []
    scheme: Annotated[str, Field(max_length=60)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Proposal":
        if bool(self.certifications) == (self.scheme is not None):
            raise PydanticCustomError("one_of_both", "certifications or a scheme")
        return self


@router.post("/{case_id}/proposals", status_code=201)
async def propose(
    body: Proposal,
    who: ChangingCounsellorDep,
    case: CaseDep,
    services: ServicesDep,
    session: SessionDep,
    later: BackgroundTasks,
) -> Message:
    """Show the person certifications or a scheme. Raises UnknownCertification, UnknownScheme, NotCaseHolder."""
    if body.scheme is not None:
        kind, (text, payload) = "funding", await _scheme(services, session, case, body.scheme)
    else:
        kind, (text, payload) = "certifications", _certifications(services, body.certifications)
    said = Writing.model_construct(client_id=body.client_id, text=text)
    row = await service.write_to_person(services, session, who, case, said, kind, payload)
    tell(services, case, later)
    return Message.of(row)


def _certifications(services: Services, codes: list[str]) -> tuple[str, dict[str, Any]]:
    known = services.catalogue.certifications
    if any(code not in known for code in codes):
        raise UnknownCertification(field="certifications")
    records = [known[code] for code in dict.fromkeys(codes)]
    lines = [TEXTS.get("certification", title=record.title, about=about(record)) for record in records]
    items = [certification_item(SearchHit(record, 1.0)) for record in records]
    return "\n".join([TEXTS.get("certifications"), *lines]), {"items": items}


async def _scheme(services: Services, session: AsyncSession, case: CaseRow, scheme: str) -> tuple[str, dict[str, Any]]:
    if scheme not in services.funding.records.schemes:
        raise UnknownScheme(field="scheme", scheme=scheme, known=", ".join(services.funding.records.schemes))
    state = state_of(await store.by_id(session, case.conversation_id))
    profile, training, on = dict(state.profile), training_of(state), services.clock.today()
    payload = as_json(services.funding.plan_about(profile, training, on, scheme))
    return services.funding.text(profile, training, on, scheme, warns=False), payload
