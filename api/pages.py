"""The pages: the chat, the kiosk, the counsellors' desk. None of them sets a cookie."""

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.staticfiles import StaticFiles

from api.database import ServicesDep
from connectors.pages import STATIC, render, texts

router = APIRouter(default_response_class=HTMLResponse)


@router.get("/")
async def chat() -> str:
    """The chat of the web site."""
    return render("chat")


@router.get("/kiosk")
async def kiosk(services: ServicesDep) -> str:
    """The chat of the kiosk in the hall; `?hub=` says which hub it stands in."""
    return render("kiosk", idle_seconds=services.settings.kiosk_idle_seconds)


@router.get("/conseil")
async def desk() -> str:
    """The counsellors' desk."""
    return render("console")


@router.get("/texts.json")
async def words() -> JSONResponse:
    """What the scripts of the pages say."""
    return JSONResponse(texts()["live"])


def mount_pages(app: FastAPI) -> None:
    """Add the pages and their files to `app`."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
