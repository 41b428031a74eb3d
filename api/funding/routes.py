"""HTTP for funding plans, open to all: nothing is kept of what is sent."""

from typing import Any

from fastapi import APIRouter

from api.database import ServicesDep
from api.funding.schemas import PlanRequest
from bot.profile import check
from knowledge.funding.reply import as_json

router = APIRouter(prefix="/api/funding")


@router.post("/plan")
def read_plan(request: PlanRequest, services: ServicesDep) -> dict[str, Any]:
    """Who pays, how much, by when, and why not. Raises InvalidInput naming the field."""
    profile = {
        field: check(field, value, services.catalogue) for field, value in request.profile.items() if value is not None
    }
    on = request.on or services.clock.today()
    return as_json(services.funding.plan(profile, request.training.record(), on))
