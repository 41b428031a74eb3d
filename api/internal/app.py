"""The inner application, on loopback: health at once, the rest when the services are loaded."""

from typing import TYPE_CHECKING

from fastapi import FastAPI

from api.errors import install_error_handlers
from api.health import Board
from api.internal.health import router as health_router
from api.security import LastResortMiddleware

if TYPE_CHECKING:
    from api.services import Services


def create_health_app(board: Board) -> FastAPI:
    """What tells how the parts are, and nothing else yet."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.board = board
    app.include_router(health_router)
    install_error_handlers(app)
    app.add_middleware(LastResortMiddleware)
    return app


def open_to_engine(app: FastAPI, services: "Services") -> None:
    """From now on the dialogue engine is answered too."""
    # Imported here because the actions bring in the whole knowledge, and health answers before that.
    from api.internal.routes import router

    app.state.services = services
    app.include_router(router)
