"""HTTP for the knowledge: certifications and jobs, open to all."""

import re
from typing import Annotated

from fastapi import APIRouter, Query

from api.database import ServicesDep
from api.knowledge.schemas import CertificationAnswer, CertificationRecord, JobAnswer, JobItem
from knowledge.errors import NotFound
from knowledge.records import CertificationKind
from knowledge.search.engine import SearchQuery

router = APIRouter(prefix="/api")

Text = Annotated[str, Query(min_length=1, max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=50)]
Level = Annotated[int | None, Query(ge=3, le=8)]


class UnknownCertification(NotFound):
    """No record has this number."""

    code = "unknown_certification"


# Plain functions: searching takes tens of milliseconds of computing, which FastAPI then does in its thread pool.


@router.get("/certifications")
def search_certifications(
    services: ServicesDep,
    q: Text,
    limit: Limit = 10,
    level: Level = None,
    kind: CertificationKind | None = None,
    active: bool = True,
) -> CertificationAnswer:
    """Certifications that answer a few French words."""
    query = SearchQuery(q, limit=limit, level=level, kind=kind, active=active)
    return CertificationAnswer.of(services.search.search(query))


@router.get("/certifications/{code}")
def read_certification(code: str, services: ServicesDep) -> CertificationRecord:
    """The whole record of a number, active or not. Raises UnknownCertification."""
    record = services.catalogue.certifications.get(re.sub(r"\s", "", code).upper())
    if record is None:
        raise UnknownCertification
    return CertificationRecord.of(record, services.catalogue)


@router.get("/jobs")
def search_jobs(services: ServicesDep, q: Text, limit: Limit = 10) -> JobAnswer:
    """Jobs that a few French words may name."""
    return JobAnswer(results=[JobItem.of(hit) for hit in services.search.jobs(q, limit)])
