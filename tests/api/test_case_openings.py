"""Who opened which case: written down, shown to managers, forgotten."""

import pytest
from fastapi import FastAPI
from sqlalchemy import update

from api.accounts.forgetting import forget_accounts_past
from api.accounts.models import AccountRow
from api.services import Services
from bot.messages import OpenHandover
from tests.api.conftest import (
    CLAIRE,
    JSON,
    PAUL,
    Desk,
    HandClock,
    Person,
    ScriptedEngine,
    client_of,
    kept_by,
    open_conversation,
    sign_in,
)


@pytest.fixture
async def case(app: FastAPI, engine: ScriptedEngine) -> str:
    """A case of Colmar."""
    async with client_of(app) as http:
        person = await open_conversation(http, hub="colmar")
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        await person.say("je veux parler à quelqu'un")
        return str((await person.state())["handover"]["case_id"])


async def openings(desk: Desk, path: str = "/api/case-openings") -> list[JSON]:
    reply = await desk.get(path)
    assert reply.status_code == 200, reply.text
    return list(reply.json()["items"])


async def test_managers_of_the_hub_see_who_opened_a_case(
    services: Services, clock: HandClock, app: FastAPI, claire: Desk, case: str
) -> None:
    await claire.get("/api/cases")
    assert await openings(claire) == []
    for _ in range(3):
        await claire.get(f"/api/cases/{case}")
    (noted,) = await openings(claire)
    assert (noted["email"], noted["case_id"], noted["hub"]) == (CLAIRE[0], case, "colmar")
    assert await openings(claire, "/api/me/case-openings") == [noted]
    clock.move(minutes=31)
    await claire.get(f"/api/cases/{case}")
    assert len(await openings(claire)) == 2
    for hubs, seen in ((["troyes"], 0), (["colmar"], 2)):
        async with services.sessions() as session, session.begin():
            row = update(AccountRow).where(AccountRow.email == PAUL[0])
            await session.execute(row.values(role="manager", hubs=hubs))
        async with client_of(app) as http:
            paul = await sign_in(http, PAUL)
            assert len(await openings(paul)) == seen
            assert await openings(paul, "/api/me/case-openings") == []


async def test_it_is_forgotten(services: Services, clock: HandClock, app: FastAPI, claire: Desk, case: str) -> None:
    await claire.get(f"/api/cases/{case}")
    await forget_accounts_past(services)
    assert len(await openings(claire)) == 1
    clock.move(days=services.settings.access_log_days, seconds=1)
    await forget_accounts_past(services)
    async with client_of(app) as http:
        assert await openings(await sign_in(http, CLAIRE)) == []


async def test_what_stays_when_the_person_erases_says_nothing_of_them(
    services: Services, claire: Desk, waiting: Person
) -> None:
    opened = (await waiting.state())["handover"]["case_id"]
    await claire.get(f"/api/cases/{opened}")
    await waiting.http.delete(waiting.path, headers=waiting.headers)
    (noted,) = await openings(claire)
    assert set(noted) == {"at", "name", "email", "case_id", "hub"}
    assert (noted["email"], noted["case_id"]) == (CLAIRE[0], opened)
    assert waiting.id.encode() not in await kept_by(services)
    assert (await claire.get(f"/api/cases/{opened}")).status_code == 404
