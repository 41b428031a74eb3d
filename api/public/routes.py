"""The pages of certifications, jobs, offers and words, open to all."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.database import ServicesDep
from api.public.caching import page
from api.public.structured import of_certification, of_job, of_offer
from api.services import Services
from bot.profile import number_label
from connectors.pages.public import render_public, texts
from knowledge.offers import next_session
from knowledge.pathways.certifications import is_cnam
from knowledge.records import Certification, Job, Offer
from knowledge.search.engine import SearchQuery
from knowledge.search.jobs import SURE
from knowledge.search.words import fold

router = APIRouter()

Words = Annotated[str, Query(max_length=300)]
# A form sends the empty choice as an empty text.
Level = Literal["", "3", "4", "5", "6", "7", "8"]
Kind = Literal["", "rncp", "rs"]

ENDS_SOON = timedelta(days=183)
_SHOWN, _LEADING, _OFFERS, _TITLES = 20, 24, 10, 60
_ARTICLE = re.compile(r"^(l'|l’|la |le |les )")
_CODE = re.compile(r"(RNCP|RS)\d{1,6}")


@router.get("/certifications")
def search_certifications(
    request: Request, services: ServicesDep, q: Words = "", level: Level = "", kind: Kind = ""
) -> Response:
    """The search page; nothing is searched before something is asked."""
    wanted = int(level) if level else None
    query = SearchQuery(q, limit=_SHOWN, level=wanted, kind=kind or None)
    answer = services.search.search(query) if q.strip() else None
    values = {"results": answer.hits, "confident": answer.confident, "relaxed": answer.relaxed} if answer else _EMPTY
    asked = {"of": "certifications", "q": q.strip(), "level": wanted, "kind": kind or None}
    return page(request, render_public("search", **values, **asked))


@router.get("/metiers")
def search_jobs(request: Request, services: ServicesDep, q: Words = "") -> Response:
    """The search page of jobs."""
    hits = services.search.jobs(q, _SHOWN) if q.strip() else ()
    sure = bool(hits) and hits[0].score >= SURE
    found = {"results": hits, "confident": sure, "relaxed": (), "level": None, "kind": None}
    return page(request, render_public("search", of="metiers", q=q.strip(), **found))


@router.get("/certifications/{code}")
def read_certification(code: str, request: Request, services: ServicesDep) -> Response:
    """One certification, ended or not."""
    canonical = re.sub(r"\s", "", code).upper()
    if canonical != code and _CODE.fullmatch(canonical):
        return RedirectResponse(f"/certifications/{canonical}", status_code=308)
    record = services.catalogue.certifications.get(code)
    if record is None:
        return not_found(request)
    catalogue, today = services.catalogue, services.clock.today()
    jobs = [catalogue.jobs[rome] for rome in record.rome if rome in catalogue.jobs]
    base = base_of(request, services)
    content = render_public(
        "certification",
        record=record,
        base=base,
        data=of_certification(record, f"{base}/certifications/{record.code}"),
        successors=[catalogue.certifications[new] for new in catalogue.successors(code)],
        ended_on=record.ends_on if record.ends_on and record.ends_on < today else None,
        ends_soon=bool(record.ends_on and today <= record.ends_on <= today + ENDS_SOON),
        jobs=jobs,
        ways=[texts()["certification"]["access"][way] for way in sorted(record.access)],
        offers=[offer for offer in catalogue.offers.values() if offer.certification == code][:_OFFERS],
    )
    return page(request, content)


@router.get("/metiers/{rome}")
def read_job(rome: str, request: Request, services: ServicesDep) -> Response:
    """One job, what it needs and what leads to it."""
    if rome != rome.upper():
        return RedirectResponse(f"/metiers/{rome.upper()}", status_code=308)
    catalogue = services.catalogue
    job = catalogue.jobs.get(rome)
    if job is None:
        return not_found(request)
    skills = [catalogue.skills[code].label for code in job.key_skills if code in catalogue.skills]
    base = base_of(request, services)
    content = render_public(
        "job",
        job=job,
        base=base,
        data=of_job(job, skills, f"{base}/metiers/{rome}"),
        skills=skills,
        people=[texts()["job"]["riasec"][letter] for letter in job.riasec],
        near=[catalogue.jobs[code] for code in job.near if code in catalogue.jobs],
        further=[catalogue.jobs[code] for code in job.further if code in catalogue.jobs],
        titles=[title.label for title in job.titles if title.label != job.label][:_TITLES],
        certifications=_by_level(_leading_to(job, services)),
    )
    return page(request, content)


@router.get("/formations/{offer_id}")
def read_offer(offer_id: str, request: Request, services: ServicesDep) -> Response:
    """One training offer."""
    offer = services.catalogue.offers.get(offer_id)
    if offer is None:
        return not_found(request)
    today = services.clock.today()
    coming = next_session(offer, today)
    joinable = [s for s in offer.sessions if s.starts_on > today and not s.full and s != coming]
    base = base_of(request, services)
    content = render_public(
        "offer",
        offer=offer,
        base=base,
        data=of_offer(offer, f"{base}/formations/{offer.id}"),
        next=coming,
        others=joinable,
        missed=[session for session in offer.sessions if session != coming and session not in joinable],
        ways=[texts()["offer"]["modality"][way] for way in sorted(offer.modality)],
        price=_euros(offer),
        certification=services.catalogue.certifications.get(offer.certification or ""),
    )
    return page(request, content)


@router.get("/glossaire")
def read_glossary(request: Request, services: ServicesDep) -> Response:
    """All words explained, in the order of the alphabet."""
    notices = sorted(services.catalogue.notices.values(), key=lambda notice: _ARTICLE.sub("", fold(notice.title)))
    return page(request, render_public("glossary", notices=notices, base=base_of(request, services)))


def not_found(request: Request) -> Response:
    """A page that says what to do next."""
    return page(request, render_public("not_found"), status=404)


def base_of(request: Request, services: Services) -> str:
    """The address of the site, without a last slash."""
    return (services.settings.public_url or str(request.base_url)).rstrip("/")


def _leading_to(job: Job, services: Services) -> Sequence[Certification]:
    answer = services.search.search(SearchQuery(job.label, rome=(job.rome,), limit=_LEADING))
    return [hit.certification for hit in answer.hits] if not answer.relaxed else []


def _by_level(records: Sequence[Certification]) -> list[tuple[int | None, list[tuple[Certification, bool]]]]:
    levels: defaultdict[int | None, list[tuple[Certification, bool]]] = defaultdict(list)
    for record in records:
        levels[record.level].append((record, is_cnam(record)))
    return sorted(levels.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))


def _euros(offer: Offer) -> str | None:
    return f"{number_label(float(offer.price))}\u202f€" if offer.price is not None else None


_EMPTY: dict[str, object] = {"results": (), "confident": True, "relaxed": ()}
