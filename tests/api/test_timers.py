"""What time does to cases, with a clock that the test moves."""

import asyncio

import pytest
from sqlalchemy import select

from api.cases.models import CaseEventRow
from api.cases.timers import run_timers
from api.services import Services
from bot.messages import OpenHandover
from tests.api.conftest import JSON, Desk, HandClock, Person, ScriptedEngine, error_of, open_conversation

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("clock")]


async def last(person: Person) -> JSON:
    return (await person.state())["messages"][-1]


async def later(services: Services, clock: HandClock, **span: float) -> None:
    """Time passes, and the timers ring: twice at once, which must change nothing."""
    clock.move(**span)
    await asyncio.gather(run_timers(services), run_timers(services))
    await run_timers(services)


async def steps(services: Services) -> list[str]:
    async with services.sessions() as session:
        return list(await session.scalars(select(CaseEventRow.transition).order_by(CaseEventRow.id)))


class TestHolderWhoLeft:
    async def test_the_case_waits_again_and_the_person_is_told(
        self, case: str, waiting: Person, services: Services, clock: HandClock, claire: Desk, paul: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        await later(services, clock, minutes=29)
        assert (await waiting.state())["owner"] == "counsellor"
        await later(services, clock, minutes=2)
        state = await waiting.state()
        assert (state["owner"], state["handover"]["status"]) == ("waiting", "pending")
        assert "n'est plus là" in state["messages"][-1]["text"]
        assert (await steps(services)).count("release") == 1
        assert error_of(await claire.post(f"{case}/messages", {"text": "a"})) == (409, "not_case_holder")
        assert (await paul.post(f"{case}/claim")).status_code == 200

    async def test_a_holder_on_the_phone_with_the_desk_open_keeps_it(
        self, case: str, waiting: Person, services: Services, clock: HandClock, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        for _ in range(4):
            await later(services, clock, minutes=20)
            assert (await claire.get("/api/me")).status_code == 200
        assert (await waiting.state())["owner"] == "counsellor"

    async def test_not_when_the_person_wrote_and_nobody_answered(
        self, case: str, waiting: Person, services: Services, clock: HandClock, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        clock.move(minutes=1)
        await waiting.say("vous êtes là ?")
        clock.move(minutes=29)
        await claire.get("/api/me")
        await later(services, clock, minutes=0)
        assert (await waiting.state())["owner"] == "counsellor"
        await later(services, clock, minutes=2)
        assert (await waiting.state())["owner"] == "waiting"

    @pytest.mark.parametrize("path", ["messages", "notes"])
    async def test_what_the_holder_does_counts(
        self, path: str, case: str, waiting: Person, services: Services, clock: HandClock, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        clock.move(minutes=20)
        await claire.post(f"{case}/{path}", {"text": "Je cherche."})
        await later(services, clock, minutes=20)
        assert (await waiting.state())["owner"] == "counsellor"


class TestLongWait:
    async def test_the_person_is_told_once_what_else_can_be_done(
        self, waiting: Person, services: Services, clock: HandClock
    ) -> None:
        before = len((await waiting.state())["messages"])
        await later(services, clock, minutes=9)
        assert len((await waiting.state())["messages"]) == before
        await later(services, clock, minutes=2)
        told = await last(waiting)
        assert (told["author"], told["kind"]) == ("system", "question")
        assert [choice["id"] for choice in told["payload"]["choices"]] == ["wait", "call_back", "appointment", "go_on"]
        await later(services, clock, hours=3)
        assert await last(waiting) == told
        assert await steps(services) == ["open", "long_wait"]
        assert (await waiting.state())["owner"] == "waiting"

    async def test_a_choice_is_heard(
        self, waiting: Person, services: Services, clock: HandClock, engine: ScriptedEngine
    ) -> None:
        await later(services, clock, minutes=11)
        assert (await waiting.post(choice="call_back")).status_code == 200
        meaning = engine.heard[-1][2].choice
        assert meaning is not None
        assert (meaning.intent, meaning.data) == ("talk_to_human", {"waiting": "call_back"})

    async def test_closed_hours_do_not_count(
        self, person: Person, services: Services, clock: HandClock, engine: ScriptedEngine, claire: Desk
    ) -> None:
        hours = [
            {"day": "monday", "start": "09:00", "end": "10:05"},
            {"day": "tuesday", "start": "09:00", "end": "12:00"},
        ]
        await claire.put("/api/hubs/colmar/record", {"based_on": 0, "record": {"hours": hours}})
        visitor = await open_conversation(person.http, hub="colmar")
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        await visitor.say("quelqu'un ?")
        await later(services, clock, hours=23, minutes=4)
        assert (await last(visitor))["author"] == "bot"
        await later(services, clock, minutes=2)
        assert (await last(visitor))["author"] == "system"

    async def test_in_distress_nobody_is_asked_to_wait(
        self, person: Person, services: Services, clock: HandClock, engine: ScriptedEngine
    ) -> None:
        engine.answers = [[OpenHandover(reasons=("distress",), text="Je préviens.")]]
        (handover,) = await person.say("…")
        assert "N'attendez pas" in handover["text"]
        await later(services, clock, minutes=11)
        told = await last(person)
        assert (told["kind"], "N'attendez pas" in told["text"]) == ("text", True)

    async def test_not_once_someone_took_the_case(
        self, case: str, waiting: Person, services: Services, clock: HandClock, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        await later(services, clock, minutes=11)
        assert "Claire" in (await last(waiting))["text"]


class TestForgotten:
    async def test_after_a_week_the_person_is_told_and_may_ask_again(
        self, case: str, waiting: Person, services: Services, clock: HandClock, engine: ScriptedEngine
    ) -> None:
        await later(services, clock, days=6)
        await later(services, clock, days=1)
        state = await waiting.state()
        assert (state["owner"], state["handover"]["status"]) == ("bot", "expired")
        assert "redemander" in state["messages"][-1]["text"]
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        await waiting.say("encore quelqu'un")
        state = await waiting.state()
        assert (state["owner"], state["handover"]["status"]) == ("waiting", "pending")
        assert state["handover"]["case_id"] not in case


async def test_an_erased_conversation_rings_no_more(waiting: Person, services: Services, clock: HandClock) -> None:
    await waiting.http.delete(waiting.path, headers=waiting.headers)
    await later(services, clock, days=8)
