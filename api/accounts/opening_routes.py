"""HTTP of who opened which case."""

from collections.abc import Iterable
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from api.accounts.access import CounsellorDep, ManagerDep
from api.accounts.models import AccountRow, CaseOpeningRow
from api.accounts.openings import openings
from api.database import SessionDep, aware

router = APIRouter()


class CaseOpening(BaseModel):
    """A case that someone opened."""

    at: datetime
    name: str
    email: str
    case_id: str
    hub: str | None


class CaseOpenings(BaseModel):
    """Openings, latest first."""

    items: list[CaseOpening]


@router.get("/api/case-openings")
async def of_hubs(who: ManagerDep, session: SessionDep) -> CaseOpenings:
    """Who opened the cases of the manager's hubs."""
    return _shown(await openings(session, who, own=False))


@router.get("/api/me/case-openings")
async def of_oneself(who: CounsellorDep, session: SessionDep) -> CaseOpenings:
    """The cases that one opened."""
    return _shown(await openings(session, who, own=True))


def _shown(found: Iterable[tuple[CaseOpeningRow, AccountRow]]) -> CaseOpenings:
    items = [
        CaseOpening(at=aware(row.at), name=account.name, email=account.email, case_id=row.case_id, hub=row.hub)
        for row, account in found
    ]
    return CaseOpenings(items=items)
