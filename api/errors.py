"""One way to say that something went wrong: `{"error": {"code", "message", "field"?}}` with a French sentence."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.exceptions import HTTPException

from connectors.pages.public import render_public
from knowledge.errors import HubError, InvalidFields
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent / "texts" / "errors.yml")
_BY_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}


def install_error_handlers(app: FastAPI) -> None:
    """Every error of `app` becomes the contract's JSON, or for a browser the page that says that there is none here
    (unexpected ones: `api.security.LastResortMiddleware`)."""
    app.add_exception_handler(HubError, _hub_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(UnicodeEncodeError, _unwritable)


def error_response(
    code: str,
    status: int,
    field: str | None = None,
    retry_after: int | None = None,
    problems: Mapping[str, str] | None = None,
    **params: object,
) -> JSONResponse:
    """The JSON answer for an error code. `problems`: the kind of problem of each field at fault, told as `fields`."""
    error: dict[str, object] = {"code": code, "message": TEXTS.get(code, **params)}
    if field:
        error["field"] = field
    if problems:
        error["fields"] = {path: _problem(kind) for path, kind in problems.items()}
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
    return JSONResponse({"error": error}, status, headers)


def _problem(kind: str) -> str:
    return TEXTS.get(f"problem.{kind}" if f"problem.{kind}" in TEXTS else "problem.other")


async def _hub_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HubError)  # noqa: S101 - registered for this class
    params = dict(error.params)
    retry = params.get("retry_after")
    problems = error.problems if isinstance(error, InvalidFields) else None
    return error_response(
        error.code, error.status, error.field, retry if isinstance(retry, int) else None, problems, **_rest(params)
    )


def _rest(params: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in params.items() if name != "retry_after"}


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    first = error.errors()[0]
    path = [str(part) for part in first["loc"] if part not in {"body", "query", "path"}]
    code = first["type"] if first["type"] in TEXTS else "invalid_input"
    return error_response(code, 422, ".".join(path) or None)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    if error.status_code == HTTPStatus.NOT_FOUND and _reads_pages(request):
        return HTMLResponse(render_public("not_found"), error.status_code)
    return error_response(_BY_STATUS.get(error.status_code, "invalid_input"), error.status_code)


def _reads_pages(request: Request) -> bool:
    """Whether a browser asks for a page of the site: a person reads the answer."""
    return "text/html" in request.headers.get("Accept", "") and not request.url.path.startswith(("/api/", "/static/"))


async def _unwritable(_request: Request, _error: Exception) -> JSONResponse:
    """JSON can carry halves of characters, which nothing here can keep."""
    return error_response("invalid_input", 422)
