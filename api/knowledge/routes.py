"""HTTP for the knowledge: certifications and jobs, open to all."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.database import ServicesDep
from api.knowledge.offer_schemas import OfferItem, OfferReply
from api.knowledge.schemas import (
    CertificationAnswer,
    CertificationRecord,
    CommuneAnswer,
    CommuneItem,
    JobAnswer,
    JobItem,
)
from knowledge.errors import InvalidInput, NotFound
from knowledge.names import NameFinder
from knowledge.offers import OfferHit, OfferQuery, next_session
from knowledge.records import AccessRoute, CertificationKind
from knowledge.search.engine import SearchQuery

router = APIRouter(prefix="/api")

Text = Annotated[str, Query(min_length=1, max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=50)]
Level = Annotated[int | None, Query(ge=3, le=8)]


Insee = Annotated[str | None, Query(pattern=r"^\w{5}$")]
Kilometres = Annotated[int, Query(ge=1, le=1000)]
Modality = Literal[
    "onsite",
    "remote",
    "blended",
    "evening",
    "weekend",
    "work_based",
    "apprenticeship",
    "full_time",
    "part_time",
]


class NothingAsked(InvalidInput):
    """Neither words nor a certification were given."""

    code = "nothing_asked"


class UnknownCommune(InvalidInput):
    """No commune has this INSEE code."""

    code = "unknown_commune"


class UnknownOffer(NotFound):
    """No offer has this id."""

    code = "unknown_offer"


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
    access: AccessRoute | None = None,
    near: Insee = None,
    km: Kilometres = 50,
    modality: Modality | None = None,
) -> CertificationAnswer:
    """Certifications that answer a few French words. With `near` or `modality`, those that a known offer prepares."""
    codes = services.offers.offered(near=near, km=km, modality=modality) if near or modality else None
    query = SearchQuery(q, limit=limit, level=level, kind=kind, active=active, access=access, codes=codes)
    return CertificationAnswer.of(services.search.search(query))


@router.get("/certifications/{code}")
def read_certification(code: str, services: ServicesDep) -> CertificationRecord:
    """The whole record of a number, active or not. Raises UnknownCertification."""
    record = services.catalogue.certifications.get(re.sub(r"\s", "", code).upper())
    if record is None:
        raise UnknownCertification
    return CertificationRecord.of(record, services.catalogue)


@router.get("/offers")
def search_offers(
    services: ServicesDep,
    q: Annotated[str, Query(max_length=1000)] = "",
    certification: Annotated[str | None, Query(pattern=r"^(RNCP|RS)\d{1,6}$")] = None,
    near: Insee = None,
    km: Kilometres = 50,
    modality: Modality | None = None,
    limit: Limit = 10,
) -> OfferReply:
    """Dated training offers, soonest first. Raises NothingAsked without words and without certification."""
    if not q.strip() and not certification:
        raise NothingAsked
    if near and near not in services.catalogue.communes:
        raise UnknownCommune(field="near")
    query = OfferQuery(q, services.clock.today(), near, km, modality, certification, limit)
    return OfferReply.of(q, services.offers.find(query))


@router.get("/offers/{offer_id}")
def read_offer(offer_id: str, services: ServicesDep) -> OfferItem:
    """One offer. Raises UnknownOffer."""
    offer = services.catalogue.offers.get(offer_id)
    if offer is None:
        raise UnknownOffer
    return OfferItem.of(OfferHit(offer, 1.0, (), next_session(offer, services.clock.today()), None))


@router.get("/jobs")
def search_jobs(services: ServicesDep, q: Text, limit: Limit = 10, *, typed: bool = False) -> JobAnswer:
    """Jobs that a few French words may name. `typed`: the last word may be unfinished, names that begin so come
    first."""
    jobs = services.catalogue.jobs.values() if typed else ()
    named = NameFinder((job.label, job) for job in jobs).find(q, limit)
    found = [JobItem(rome=job.rome, label=job.label, score=1.0) for job in named]
    codes = {item.rome for item in found}
    nearest = (JobItem.of(hit) for hit in services.search.jobs(q, limit) if hit.rome not in codes)
    return JobAnswer(results=[*found, *nearest][:limit])


@router.get("/communes")
def search_communes(services: ServicesDep, q: Text, limit: Limit = 10) -> CommuneAnswer:
    """Communes whose name or postcode begins like this, those of Grand Est first."""
    found = services.towns.find(q, limit)
    return CommuneAnswer(results=[CommuneItem.of(commune, services.catalogue) for commune in found])
