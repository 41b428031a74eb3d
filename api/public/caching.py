"""A page that the reader has already is not sent again."""

import hashlib

from fastapi import Request
from starlette.responses import HTMLResponse, Response


def page(request: Request, content: str, status: int = 200) -> Response:
    """The page, or 304 to who has it already.

    Its tag is that of its content, so that whatever changes a word (knowledge, day, amounts, template) changes it. What
    answers somebody's words stays out of shared caches.
    """
    if status != 200:
        return HTMLResponse(content, status_code=status)
    tag = f'"{hashlib.sha256(content.encode()).hexdigest()[:24]}"'
    kept_by = "private" if request.url.query else "public"
    headers = {"ETag": tag, "Cache-Control": f"{kept_by}, max-age=300"}
    if tag in _known(request.headers.get("If-None-Match", "")):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(content, headers=headers)


def _known(header: str) -> set[str]:
    """The tags of an If-None-Match; a proxy that compresses marks them weak."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
