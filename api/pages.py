"""The pages: the chat, the kiosk, the counsellors' desk. None of them sets a cookie."""

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query
from fastapi.responses import HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.database import ServicesDep
from api.insights.calendar import unit_label
from api.insights.period import LONGEST, first_shown, latest
from api.public.funding import router as funding_pages
from api.public.hubs import router as hub_pages
from api.public.routes import router as public_router
from api.public.sitemap import router as sitemap_router
from connectors.pages import STATIC, render
from connectors.pages.desk import render_desk
from connectors.pages.facts import correctable_facts

router = APIRouter(default_response_class=HTMLResponse)
HubQuery = Annotated[str | None, Query(max_length=60)]


@router.get("/")
async def chat(services: ServicesDep, hub: HubQuery = None) -> str:
    """The chat of the web site; `?hub=` says from which hub's page the person comes, an unknown one is left out."""
    known = services.catalogue.hubs.get(hub or "")
    return render("chat", hub=known.id if known else None, mails=services.settings.sends_mail)


@router.get("/kiosk")
async def kiosk(services: ServicesDep, hub: HubQuery = None) -> str:
    """The chat of the kiosk in the hall; `?hub=` says which hub it stands in, an unknown one is left out."""
    known = services.catalogue.hubs.get(hub or "")
    return render("kiosk", hub=known, idle_seconds=services.settings.kiosk_idle_seconds)


@router.get("/conseil")
async def desk(services: ServicesDep) -> str:
    """The counsellors' desk."""
    hubs, settings = {hub.id: hub.town for hub in services.catalogue.hubs.values()}, services.settings
    door = {"oidc": settings.oidc_issuer is not None, "oidc_label": settings.oidc_label}
    return render_desk("console", hubs=hubs, facts=correctable_facts(), **door)


@router.get("/reprendre")
async def come_back() -> str:
    """Where a link received by e-mail leads; its token stands behind `#` and is read by the page alone."""
    return render("resume")


@router.get("/conseil/envois")
async def sendings(services: ServicesDep) -> str:
    """What is to be sent, for managers."""
    return render_desk("sendings", hubs={hub.id: hub.town for hub in services.catalogue.hubs.values()})


@router.get("/pilotage")
async def steering(services: ServicesDep) -> str:
    """The figures, for those who steer."""
    periods = {by: latest(by, services.clock.today()) for by in LONGEST}
    units = {by: [(day, unit_label(period, day)) for day in reversed(period.units)] for by, period in periods.items()}
    hubs = {hub.id: hub.town for hub in services.catalogue.hubs.values()}
    return render_desk("pilotage", hubs=hubs, units=units, shown={by: first_shown(by) for by in units})


@router.get("/conseil/hub")
async def hub_record(services: ServicesDep) -> str:
    """The record of a hub, for its managers."""
    return render_desk("hub", hubs={hub.id: hub.town for hub in services.catalogue.hubs.values()})


@router.get("/veille")
async def watching() -> str:
    """What the team should look at again."""
    return render_desk("veille")


class _Files(StaticFiles):
    """Files that a browser asks for again after each change of version, and otherwise keeps."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def mount_pages(app: FastAPI) -> None:
    """Add the pages and their files to `app`."""
    for pages in (router, public_router, funding_pages, hub_pages, sitemap_router):
        app.include_router(pages)
    app.mount("/static", _Files(directory=STATIC), name="static")
