"""Live events, over a real server: each message once, in order, whatever the connection does."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.cases import events as desk_stream
from bot.messages import OpenHandover
from tests.api.conftest import CLAIRE, JSON, Desk, Person, ScriptedEngine, error_of, open_conversation, sign_in


@dataclass(frozen=True, slots=True)
class Event:
    """One event as a page reads it."""

    event: str
    id: str
    data: JSON


@pytest.fixture
async def live(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on a real port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1, ws="none")
        server = uvicorn.Server(config)
        server.capture_signals = nullcontext  # type: ignore[method-assign]
        running = asyncio.create_task(server.serve(sockets=[listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as client:
            yield client
        server.should_exit = True
        await running


@asynccontextmanager
async def following(http: httpx.AsyncClient, path: str, headers: dict[str, str]) -> AsyncIterator[AsyncIterator[Event]]:
    async with http.stream("GET", path, headers=headers) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        yield _events(reply)


async def _events(reply: httpx.Response) -> AsyncIterator[Event]:
    fields: dict[str, str] = {}
    async for line in reply.aiter_lines():
        name, _, value = line.partition(": ")
        if name:
            fields[name] = value
        elif fields.get("data"):
            yield Event(fields.get("event", "message"), fields.get("id", ""), json.loads(fields["data"]))
            fields = {}


async def take(events: AsyncIterator[Event], count: int, kind: str = "message") -> list[Event]:
    """The next events of a kind."""
    found: list[Event] = []
    async with asyncio.timeout(15):
        async for event in events:
            if event.event == kind:
                found.append(event)
            if len(found) == count:
                break
    return found


def events_of(person: Person, last: object = None) -> tuple[httpx.AsyncClient, str, dict[str, str]]:
    headers = person.headers | ({"Last-Event-ID": str(last)} if last is not None else {})
    return person.http, f"{person.path}/events", headers


@pytest.fixture
async def person(live: httpx.AsyncClient) -> Person:
    return await open_conversation(live)


async def test_what_was_said_then_what_is_said(person: Person) -> None:
    async with following(*events_of(person)) as events:
        first = await take(events, len(person.welcome))
        assert [event.data for event in first] == person.welcome
        await person.say("bonjour")
        both = await take(events, 2)
    assert [event.data["text"] for event in both] == ["bonjour", "écho : bonjour"]
    assert [event.id for event in both] == [str(event.data["seq"]) for event in both]


async def test_the_person_sees_their_message_before_the_answer_is_ready(person: Person, engine: ScriptedEngine) -> None:
    seen = asyncio.Event()

    async def wait(*_: object) -> None:
        await asyncio.wait_for(seen.wait(), 15)

    engine.on_turn = wait
    async with following(*events_of(person, last=len(person.welcome))) as events:
        saying = asyncio.create_task(person.say("bonjour"))
        assert (await take(events, 1))[0].data["text"] == "bonjour"
        seen.set()
        await saying


async def test_resuming_loses_and_repeats_nothing(person: Person) -> None:
    received: list[int] = []
    last = 0
    for turn in range(4):
        async with following(*events_of(person, last)) as events:
            await person.say(f"pendant {turn}")
            received += [int(event.id) for event in await take(events, 2)]
        last = received[-1]
        await person.say(f"hors ligne {turn}")
    async with following(*events_of(person, last)) as events:
        total = len((await person.state())["messages"])
        received += [int(event.id) for event in await take(events, total - len(received))]
    assert received == list(range(1, total + 1))


@pytest.mark.parametrize("last", ["", "abc", "-3", "²"])
async def test_a_strange_last_event_id_starts_from_the_beginning(person: Person, last: str) -> None:
    http, path, headers = events_of(person)
    sent = [*headers.items(), ("Last-Event-ID", last.encode())]
    async with http.stream("GET", path, headers=sent) as reply:  # type: ignore[arg-type]
        assert (await take(_events(reply), 1))[0].id == "1"


async def test_two_pages_of_one_conversation_see_the_same(person: Person) -> None:
    async with following(*events_of(person)) as one, following(*events_of(person)) as other:
        await person.say("bonjour")
        count = len(person.welcome) + 2
        assert await take(one, count) == await take(other, count)


async def test_a_change_of_hands_is_told_and_the_counsellor_answers_live(
    person: Person, live: httpx.AsyncClient, engine: ScriptedEngine
) -> None:
    engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
    await person.say("quelqu'un ?")
    case = f"/api/cases/{(await person.state())['handover']['case_id']}"
    async with httpx.AsyncClient(base_url=live.base_url, trust_env=False, timeout=20) as browser:
        claire = await sign_in(browser, CLAIRE)
        async with following(*events_of(person, last=len(person.welcome) + 2)) as events:
            assert (await take(events, 1, "state"))[0].data == {"owner": "waiting"}
            await claire.post(f"{case}/claim")
            assert (await take(events, 1, "state"))[0].data == {"owner": "counsellor"}
            await claire.post(f"{case}/messages", {"text": "Bonjour"})
            assert (await take(events, 1))[0].data["author"] == "counsellor"


async def test_a_correction_is_told(person: Person) -> None:
    async with following(*events_of(person)) as events:
        await take(events, 1, "state")
        await person.http.patch(f"{person.path}/profile", json={"age": 40}, headers=person.headers)
        assert len(await take(events, 1, "state")) == 1


async def test_an_erased_conversation_ends_the_stream(person: Person) -> None:
    async with following(*events_of(person)) as events:
        await take(events, 1, "state")
        await person.http.delete(person.path, headers=person.headers)
        assert [event.event async for event in events] == ["erased"]


async def test_the_token_is_not_taken_from_the_address(person: Person) -> None:
    reply = await person.http.get(
        f"{person.path}/events", params={"token": person.token, "Authorization": person.token}
    )
    assert error_of(reply) == (401, "missing_token")


class TestDesk:
    @pytest.fixture
    async def claire(self, live: httpx.AsyncClient) -> AsyncIterator[Desk]:
        async with httpx.AsyncClient(base_url=live.base_url, trust_env=False, timeout=20) as browser:
            yield await sign_in(browser, CLAIRE)

    async def test_a_new_case_and_its_messages_are_told_without_their_words(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        async with following(claire.http, "/api/cases/events", {}) as events:
            await take(events, 1, "cases")
            await person.say("quelqu'un ?")
            assert (await take(events, 1, "cases"))[0].data == {}
            await person.say("j'attends")
            assert len(await take(events, 1, "cases")) == 1

    async def test_signing_out_ends_the_stream(self, claire: Desk, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
        async with following(claire.http, "/api/cases/events", {}) as events:
            await take(events, 1, "cases")
            await claire.http.delete("/api/session", headers={"X-CSRF-Token": claire.csrf})
            await person.say("quelqu'un ?")
            async with asyncio.timeout(15):
                assert [event async for event in events] == []

    async def test_a_session_ended_elsewhere_ends_the_stream_though_nothing_happens(
        self, live: httpx.AsyncClient, claire: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk_stream, "HEARTBEAT_SECONDS", 0.1)
        async with following(claire.http, "/api/cases/events", {}) as events:
            await take(events, 1, "cases")
            async with httpx.AsyncClient(base_url=live.base_url, trust_env=False) as elsewhere:
                other = await sign_in(elsewhere, CLAIRE)
                await elsewhere.delete("/api/me/sessions", headers={"X-CSRF-Token": other.csrf})
            async with asyncio.timeout(15):
                assert [event async for event in events] == []

    async def test_one_side_sees_that_the_other_is_writing_and_nothing_is_kept(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        case = await _claimed(person, engine, claire)
        count = len((await person.state())["messages"])
        async with following(*looking_at(claire, case)) as desk, following(*events_of(person, last=count)) as page:
            await take(desk, 1, "person")
            await take(page, 1, "state")
            reply = await person.http.post(f"{person.path}/typing", headers=person.headers)
            assert reply.status_code == 204
            assert len(await take(desk, 1, "writing")) == 1
            assert (await claire.post(f"{case}/typing")).status_code == 204
            assert len(await take(page, 1, "writing")) == 1
        assert len((await person.state())["messages"]) == count

    async def test_nobody_is_told_that_someone_writes_to_the_assistant(self, person: Person, claire: Desk) -> None:
        async with following(claire.http, "/api/cases/events", {}) as desk:
            await take(desk, 1, "cases")
            await person.http.post(f"{person.path}/typing", headers=person.headers)
            await person.http.delete(person.path, headers=person.headers)
            async with asyncio.timeout(15):
                assert (await anext(desk)).event == "cases"

    async def test_only_the_holder_is_said_to_write(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        case = await _claimed(person, engine, claire)
        await claire.post(f"{case}/release")
        assert error_of(await claire.post(f"{case}/typing")) == (409, "not_case_holder")

    async def test_the_counsellor_sees_the_person_leave_and_come_back(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        case = await _claimed(person, engine, claire)
        async with following(*looking_at(claire, case)) as desk:
            assert (await take(desk, 1, "person"))[0].data == {"present": False}
            async with following(*events_of(person)):
                assert (await take(desk, 1, "person"))[0].data == {"present": True}
            assert (await take(desk, 1, "person"))[0].data == {"present": False}

    async def test_a_case_that_is_gone_does_not_end_the_stream(self, claire: Desk) -> None:
        async with following(*looking_at(claire, "/api/cases/nothing")) as desk:
            assert len(await take(desk, 1, "cases")) == 1


def looking_at(desk: Desk, case: str) -> tuple[httpx.AsyncClient, str, dict[str, str]]:
    return desk.http, f"/api/cases/events?case={case.rpartition('/')[2]}", {}


async def _claimed(person: Person, engine: ScriptedEngine, desk: Desk) -> str:
    engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")]]
    await person.say("quelqu'un ?")
    case = f"/api/cases/{(await person.state())['handover']['case_id']}"
    await desk.post(f"{case}/claim")
    return case
