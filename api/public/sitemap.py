"""What search engines may visit."""

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from api.database import ServicesDep
from api.public.routes import base_of
from api.services import Services
from knowledge.errors import NotFound

router = APIRouter()

# The protocol of sitemaps allows 50,000 addresses a file.
_MOST = 45_000
_XML = "application/xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@router.get("/robots.txt")
def robots(request: Request, services: ServicesDep) -> PlainTextResponse:
    """All may be visited but what is for people in conversation, or for counsellors."""
    hidden = ("/api/", "/conseil", "/kiosk")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden)]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {base_of(request, services)}/sitemap.xml", ""]))


@router.get("/sitemap.xml")
def index(request: Request, services: ServicesDep) -> Response:
    """The list of parts."""
    base = base_of(request, services)
    count = len(list(_parts(services)))
    parts = "".join(f"<sitemap><loc>{escape(base)}/sitemap-{n}.xml</loc></sitemap>" for n in range(1, count + 1))
    return Response(f'<sitemapindex xmlns="{_NAMESPACE}">{parts}</sitemapindex>', media_type=_XML)


@router.get("/sitemap-{number}.xml")
def part(number: int, request: Request, services: ServicesDep) -> Response:
    """One part. Raises NotFound."""
    parts = list(_parts(services))
    if not 1 <= number <= len(parts):
        raise NotFound
    base = base_of(request, services)
    addresses = "".join(f"<url><loc>{escape(base + path)}</loc></url>" for path in parts[number - 1])
    return Response(f'<urlset xmlns="{_NAMESPACE}">{addresses}</urlset>', media_type=_XML)


def _parts(services: Services) -> Iterator[tuple[str, ...]]:
    paths = _paths(services)
    while some := tuple(islice(paths, _MOST)):
        yield some


def _paths(services: Services) -> Iterator[str]:
    """Ended certifications and examples are left out."""
    catalogue = services.catalogue
    yield from ("/", "/glossaire", "/certifications", "/metiers", "/financements")
    yield from (f"/financements/{name}" for name in services.funding.records.schemes)
    yield from (f"/hub/{hub}" for hub in catalogue.hubs)
    yield from (f"/certifications/{code}" for code, record in catalogue.certifications.items() if record.active)
    yield from (f"/metiers/{rome}" for rome in catalogue.jobs)
    yield from (f"/formations/{offer.id}" for offer in catalogue.offers.values() if not offer.example)
