"""The pages of the funding schemes, drawn from their records."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.database import ServicesDep
from api.public.caching import page
from api.public.routes import base_of, not_found
from connectors.pages.public import render_public
from knowledge.funding.explaining import criteria_lines, step_lines, value_lines
from knowledge.funding.records import SchemeRecord
from knowledge.funding.texts import TEXTS, french_day

router = APIRouter()

_STATUSES = ("employee", "jobseeker", "self_employed", "public_agent", "student", "inactive", "employer")


@router.get("/financements")
def read_schemes(request: Request, services: ServicesDep) -> Response:
    """All schemes by public, those that are open."""
    today = services.clock.today()
    records = services.funding.records.schemes.values()
    found = [
        (
            TEXTS.get(f"statuses.{status}"),
            [one for one in records if status in one.statuses and not _closed(one, today)],
        )
        for status in _STATUSES
    ]
    return page(request, render_public("schemes", by_status=found, base=base_of(request, services)))


@router.get("/financements/{name}")
def read_scheme(name: str, request: Request, services: ServicesDep) -> Response:
    """One scheme: conditions, dated amounts, steps, sources. An alias leads to its page."""
    records = services.funding.records
    scheme = records.schemes.get(name)
    if scheme is None:
        other = services.funding.find(name.replace("-", " "))
        if other is None:
            return not_found(request)
        return RedirectResponse(f"/financements/{other}", status_code=308)
    today = services.clock.today()
    cited = zip(
        records.cited[scheme.id],
        (TEXTS.get(f"how.{records.sources[one].how}") for one in scheme.sources),
        strict=True,
    )
    replaced = scheme.closed.replaced_by if scheme.closed else None
    content = render_public(
        "scheme",
        scheme=scheme,
        base=base_of(request, services),
        closed=_closed(scheme, today),
        replaced_by=records.schemes[replaced] if replaced else None,
        pending=TEXTS.get("warnings.plf") if scheme.id == "cpf" else "",
        statuses=[TEXTS.get(f"statuses.{status}") for status in scheme.statuses],
        said=[said.text for said in scheme.said],
        criteria=criteria_lines(scheme),
        values=value_lines(records, scheme),
        steps=step_lines(scheme),
        excludes=[records.schemes[one].name for one in scheme.excludes],
        sources=list(cited),
    )
    return page(request, content)


def _closed(scheme: SchemeRecord, today: date) -> str:
    """What is said of a scheme that is no longer there; empty for the others."""
    closing = scheme.closed
    if closing is None or (closing.since is not None and today < closing.since):
        return ""
    return closing.reason.format(day=french_day(closing.since) if closing.since else "")
