"""Who may do what, for every route: `access_matrix.yml` played over HTTP, each cell on a fresh copy of one database."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import async_sessionmaker

from api.app import create_public_app
from api.services import Services
from knowledge.catalogue import Catalogue
from knowledge.database import async_engine
from knowledge.search.engine import SearchEngine
from tests.api.conftest import ScriptedEngine, client_of, services_on
from tests.api.matrix import TEAM, Prepared, prepare

Line = dict[str, Any]
TEXT = Path(__file__).with_name("access_matrix.yml").read_text("utf-8")
MATRIX: dict[str, Line] = yaml.safe_load(TEXT)
ASKERS = {"anyone", "no_token", "other_token", "token", "nobody", "csrf", *TEAM}
FORMS = ({"anyone"}, {"no_token", "other_token", "token"}, {"nobody", "csrf", *TEAM})
CELLS = [(route, asker) for route, line in MATRIX.items() for asker in line if asker in ASKERS]


def askers(route: str) -> set[str]:
    """The columns of a line; `csrf` is counted as there for GET, which changes nothing."""
    found = ASKERS & set(MATRIX[route])
    return found | {"csrf"} if route.startswith("GET ") and "nobody" in found else found


def test_every_route_has_a_line_and_every_line_a_route(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert set(MATRIX) == routes


def test_every_line_is_whole() -> None:
    assert [route for route in MATRIX if askers(route) not in FORMS] == []
    unknown = {key for line in MATRIX.values() for key in line} - ASKERS - {"body", "query", "path", "after"}
    assert unknown == set()


def test_no_route_has_two_lines() -> None:
    assert len([line for line in TEXT.splitlines() if line and not line.startswith("#")]) == len(MATRIX)


def test_every_change_of_the_team_needs_the_csrf_token() -> None:
    signed = {route: line for route, line in MATRIX.items() if "nobody" in line and not route.startswith("GET ")}
    assert {(line["nobody"], line["csrf"]) for line in signed.values()} == {(401, 403)}


@pytest.fixture(scope="session")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, fresh_database: Path, knowledge: tuple[Catalogue, SearchEngine]
) -> Prepared:
    """One database for all cells, to be copied."""
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copy(fresh_database, folder / "hub.sqlite3")
    engine = ScriptedEngine()
    return asyncio.run(prepare(services_on(folder, knowledge, engine), engine))


@pytest.fixture(scope="session")
def shared(prepared: Prepared, knowledge: tuple[Catalogue, SearchEngine]) -> Services:
    """What the cells share: all but the database. Its live streams end at once."""
    services = services_on(prepared.file.parent, knowledge, ScriptedEngine())
    services.broker.close()
    return services


@pytest.fixture(scope="session")
def whole(shared: Services) -> FastAPI:
    """The application of all cells."""
    return create_public_app(shared)


@pytest.mark.parametrize(("route", "asker"), CELLS)
async def test_access(
    route: str, asker: str, prepared: Prepared, shared: Services, whole: FastAPI, tmp_path: Path
) -> None:
    shutil.copy(prepared.file, tmp_path / "hub.sqlite3")
    database = async_engine(f"sqlite:///{tmp_path / 'hub.sqlite3'}")
    services = replace(shared, engine=database, sessions=async_sessionmaker(database, expire_on_commit=False))
    method, path = route.split(" ")
    line = MATRIX[route]
    whole.state.services = services
    async with client_of(whole) as http:
        for first, where, *body in line.get("after", ()):
            await http.send(prepared.request(asker, first, where, {"body": body[0]} if body else {}))
        reply = await http.send(prepared.request(asker, method, path, line))
    await database.dispose()
    assert reply.status_code == line[asker], reply.text
