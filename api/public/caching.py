"""A page changes only when the knowledge, the day or its template does."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.services import Services
from connectors.pages import FOLDER


def page(request: Request, services: Services, content: str, status: int = 200) -> Response:
    """The page, or 304 to who has it already."""
    tag = f'"{_version(services, request.url.path, request.url.query, _templates())}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
    if status == 200 and request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(content, status_code=status, headers=headers if status == 200 else {})


def _version(services: Services, *parts: str) -> str:
    day = services.clock.today().isoformat()
    return hashlib.sha256("\0".join((services.catalogue.fingerprint, day, *parts)).encode()).hexdigest()[:24]


@cache
def _templates() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(FOLDER).rglob("*")):
        if file.suffix in {".html", ".yml", ".css", ".py"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
