"""HTTP on loopback for the operator: health and figures. Up before anything heavy is loaded."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.health import Board

router = APIRouter()


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "up"}


@router.get("/health/ready")
async def ready(request: Request) -> JSONResponse:
    """Which part is up; 503 until all serve."""
    board: Board = request.app.state.board
    body = {"status": "up" if board.ready else "starting", "parts": board.parts}
    return JSONResponse(body, 200 if board.ready else 503)


@router.get("/metrics")
async def metrics() -> PlainTextResponse:
    """Figures for Prometheus."""
    return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)
