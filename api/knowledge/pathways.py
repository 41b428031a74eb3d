"""HTTP for routes and positioning, open to all: nothing is kept of what is sent."""

from fastapi import APIRouter

from api.database import ServicesDep
from api.knowledge.pathways_schemas import PathwayRequest, PathwaysReply, PositioningReply, PositioningRequest
from bot.profile import check
from knowledge.errors import InvalidInput
from knowledge.pathways import RouteProfile, Target, plan_routes
from knowledge.positioning import position
from knowledge.search.engine import SearchQuery

router = APIRouter(prefix="/api")

_CERTIFICATIONS_LOOKED_AT = 10


class NoTarget(InvalidInput):
    """Neither a job nor a certification, and nothing in the profile that says what is aimed at."""

    code = "no_target"


class UnknownJob(InvalidInput):
    """No job has this code."""

    code = "unknown_job"


class UnknownTarget(InvalidInput):
    """No certification has this number."""

    code = "unknown_certification"


@router.post("/pathways")
def read_pathways(request: PathwayRequest, services: ServicesDep) -> PathwaysReply:
    """Two to four ways to a job or a certification. Raises NoTarget, UnknownJob, UnknownTarget, InvalidInput."""
    catalogue = services.catalogue
    profile = {field: check(field, value, catalogue) for field, value in request.profile.items()}
    job = request.target_job or profile.get("target_job")
    if not job and not request.certification and profile.get("project") not in {"learn_basics", "start_business"}:
        raise NoTarget(field="target_job")
    if job and job not in catalogue.jobs:
        raise UnknownJob(field="target_job")
    if request.certification and request.certification not in catalogue.certifications:
        raise UnknownTarget(field="certification")
    target = Target(str(job) if job else None, request.certification)
    return PathwaysReply.of(plan_routes(RouteProfile.of(profile), target, catalogue, services.search))


@router.post("/positioning")
def read_positioning(request: PositioningRequest, services: ServicesDep) -> PositioningReply:
    """Skills held against those of a job. Raises UnknownJob."""
    catalogue = services.catalogue
    for field in ("target_job", "current_job"):
        code = getattr(request, field)
        if code and code not in catalogue.jobs:
            raise UnknownJob(field=field)
    label = catalogue.jobs[request.target_job].label
    query = SearchQuery(label, rome=(request.target_job,), limit=_CERTIFICATIONS_LOOKED_AT)
    found = position(
        request.target_job,
        catalogue,
        current_job=request.current_job,
        held=request.held,
        certifications=[hit.certification for hit in services.search.search(query).hits],
    )
    return PositioningReply.of(found)
