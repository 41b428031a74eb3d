"""Many hands on one case: exactly one wins, and what ended can begin again."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.accounts.first import bootstrap_accounts
from api.cases.models import CaseEventRow, CaseRow
from api.cases.opening import open_or_join, withdraw
from api.services import Services
from tests.api.conftest import ASKED, Desk, Person, ScriptedEngine, client_of, error_of, sign_in

pytestmark = pytest.mark.both_databases

TEAM = [(f"conseil{n}@hub.test", "une phrase de passe pour les tests") for n in range(4)]


async def test_of_a_hundred_claims_one_wins(case: str, services: Services, app: FastAPI, waiting: Person) -> None:
    async with services.sessions() as session, session.begin():
        await bootstrap_accounts(session, ",".join(":".join(account) for account in TEAM), services.clock)
    async with AsyncExitStack() as stack:
        desks = [await sign_in(await stack.enter_async_context(client_of(app)), account) for account in TEAM]
        turns = [desk for _ in range(25) for desk in desks]
        replies = await asyncio.gather(*(desk.post(f"{case}/claim") for desk in turns))
    winners = {turns.index(desk) for desk, reply in zip(turns, replies, strict=True) if reply.status_code == 200}
    assert len(winners) == 1
    assert sum(reply.status_code == 200 for reply in replies) == 25  # again and again for who holds it
    assert {error_of(reply) for reply in replies if reply.status_code != 200} == {(409, "case_already_claimed")}
    assert [message["author"] for message in (await waiting.state())["messages"]].count("system") == 1
    async with services.sessions() as session:
        claims = select(func.count()).select_from(CaseEventRow).where(CaseEventRow.transition == "claim")
        assert await session.scalar(claims) == 1


async def test_however_many_ask_at_once_there_is_one_case(services: Services, person: Person) -> None:
    async def ask(number: int) -> tuple[str, bool]:
        async with services.sessions() as session, session.begin():
            case, is_new = await open_or_join(services, session, person.id, ["asked" if number % 2 else "minor"])
            return case.id, is_new

    opened = await asyncio.gather(*(ask(number) for number in range(30)))
    assert len({case for case, _ in opened}) == 1
    assert sum(is_new for _, is_new in opened) == 1
    async with services.sessions() as session:
        (case,) = await session.scalars(select(CaseRow))
        assert (set(case.reasons), case.priority) == ({"asked", "minor"}, 1)
    assert (await person.state())["owner"] == "waiting"


async def test_the_database_refuses_a_second_open_case(services: Services, case: str) -> None:
    async with services.sessions() as session:
        (row,) = await session.scalars(select(CaseRow))
        kept = {name: getattr(row, name) for name in ("conversation_id", "opened_at", "waiting_since")}
        for status, is_refused in (("closed", False), ("claimed", True)):
            twin = CaseRow(id=status, status=status, reasons=[], priority=2, **kept)
            assert await refuses(session, twin) == is_refused


async def refuses(session: AsyncSession, row: CaseRow) -> bool:
    session.add(row)
    try:
        await session.flush()
    except IntegrityError:
        await session.rollback()
        return True
    return False


async def test_claim_and_withdrawal_at_once_leave_one_of_the_two(
    services: Services, waiting: Person, case: str, claire: Desk
) -> None:
    async def leave() -> None:
        async with services.sessions() as session, session.begin():
            await withdraw(services, session, waiting.id)

    reply, _ = await asyncio.gather(claire.post(f"{case}/claim"), leave())
    state = await waiting.state()
    expected = ("counsellor", "claimed") if reply.status_code == 200 else ("bot", "closed")
    assert (state["owner"], state["handover"]["status"]) == expected


class TestReopening:
    async def test_a_counsellor_opens_a_closed_case_again(
        self, case: str, waiting: Person, claire: Desk, paul: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        await claire.post(f"{case}/close", {"outcome": "informed"})
        reply = (await paul.post(f"{case}/reopen")).json()
        assert (reply["status"], reply["claimed_by"], reply["id"]) == ("pending", None, case.rpartition("/")[2])
        state = await waiting.state()
        assert (state["owner"], state["handover"]["status"]) == ("waiting", "pending")
        assert state["messages"][-1]["author"] == "system"
        assert (await paul.post(f"{case}/claim")).status_code == 200

    async def test_not_while_the_person_waits_under_another_case(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await claire.post(f"{case}/close", {"outcome": "informed"})
        engine.answers = [[ASKED]]
        await waiting.say("encore quelqu'un")
        newer = (await waiting.state())["handover"]
        assert error_of(await claire.post(f"{case}/reopen")) == (409, "illegal_transition")
        assert (await waiting.state())["handover"] == newer

    async def test_an_open_case_is_not_opened_again(self, case: str, claire: Desk) -> None:
        assert error_of(await claire.post(f"{case}/reopen")) == (409, "illegal_transition")
