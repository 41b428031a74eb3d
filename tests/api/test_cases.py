"""A case over HTTP, from both sides: the person's page and the counsellors' desk."""

import asyncio

import pytest
from sqlalchemy import select

from api.cases.models import CaseEventRow
from api.services import Services
from bot.messages import Erase, OpenHandover, Remember, Say
from bot.turn import TurnMetadata
from tests.api.conftest import (
    ASKED,
    JSON,
    PAUL,
    Desk,
    Person,
    ScriptedEngine,
    error_of,
    open_conversation,
)

pytestmark = pytest.mark.both_databases


async def queue(desk: Desk, **params: str) -> list[JSON]:
    reply = await desk.get("/api/cases", **params)
    assert reply.status_code == 200, reply.text
    return list(reply.json()["items"])


class TestQueue:
    async def test_a_case_is_there_with_its_summary(self, waiting: Person, claire: Desk) -> None:
        (item,) = await queue(claire, status="pending")
        assert item["id"] == (await waiting.state())["handover"]["case_id"]
        assert (item["status"], item["reasons"], item["claimed_by"], item["mine"]) == (
            "pending",
            ["asked"],
            None,
            False,
        )
        assert item["contact"] == {"phone": "+33612345678"}
        assert item["summary"]["contact_consent"] is True
        seqs = {message["seq"] for message in (await waiting.state())["messages"]}
        lines = [item["summary"]["request"], *item["summary"]["situation"], *item["summary"]["blocking"]]
        assert lines
        assert all(set(line["evidence"]) <= seqs for line in lines)

    async def test_distress_comes_first(self, waiting: Person, engine: ScriptedEngine, claire: Desk) -> None:
        other = await open_conversation(waiting.http)
        engine.answers = [[OpenHandover(reasons=("distress",), text="Je transmets.")]]
        await other.say("…")
        assert [item["reasons"] for item in await queue(claire)] == [["distress"], ["asked"]]

    async def test_filters(self, case: str, waiting: Person, claire: Desk, paul: Desk) -> None:
        await claire.post(f"{case}/claim")
        assert len(await queue(claire, mine="true")) == 1
        assert await queue(paul, mine="true") == []
        assert await queue(claire, status="pending") == []
        assert await queue(claire, hub="thionville") == []
        assert error_of(await claire.get("/api/cases", status="lost"))[0] == 422

    async def test_counsellors_see_the_cases_of_their_hubs_only(
        self, waiting: Person, engine: ScriptedEngine, thionville: Desk, claire: Desk
    ) -> None:
        for hub in ("thionville", "colmar"):
            person = await open_conversation(waiting.http, hub=hub)
            engine.answers = [[ASKED]]
            await person.say("quelqu'un ?")
        assert {item["hub"] for item in await queue(claire)} == {None, "thionville", "colmar"}
        assert {item["hub"] for item in await queue(thionville)} == {None, "thionville"}
        hidden = next(item["id"] for item in await queue(claire) if item["hub"] == "colmar")
        assert error_of(await thionville.get(f"/api/cases/{hidden}")) == (404, "not_found")
        assert error_of(await thionville.post(f"/api/cases/{hidden}/claim")) == (404, "not_found")

    async def test_nobody_else_sees_them(self, case: str, waiting: Person) -> None:
        for path in ("/api/cases", case, "/api/cases/events"):
            assert error_of(await waiting.http.get(path, headers=waiting.headers)) == (401, "not_signed_in")
        assert error_of(await waiting.http.post(f"{case}/claim", headers=waiting.headers)) == (401, "not_signed_in")


class TestClaim:
    async def test_exactly_one_counsellor_claims(self, case: str, claire: Desk, paul: Desk) -> None:
        desks = [claire, paul] * 4
        replies = await asyncio.gather(*(desk.post(f"{case}/claim") for desk in desks))
        holder = next(desk for desk, reply in zip(desks, replies, strict=True) if reply.status_code == 200)
        for desk, reply in zip(desks, replies, strict=True):
            if desk is holder:
                assert reply.status_code == 200
            else:
                assert error_of(reply) == (409, "case_already_claimed")
                name = "Claire" if holder is claire else "Paul"
                assert name in reply.json()["error"]["message"]

    async def test_the_person_is_told_who_is_there_once(self, case: str, waiting: Person, claire: Desk) -> None:
        for _ in range(2):
            assert (await claire.post(f"{case}/claim")).status_code == 200
        state = await waiting.state()
        assert state["owner"] == "counsellor"
        told = [message for message in state["messages"] if message["author"] == "system"]
        assert len(told) == 1
        assert "Claire" in told[0]["text"]

    async def test_a_closed_case_is_not_claimed(self, case: str, claire: Desk) -> None:
        await claire.post(f"{case}/close", {"outcome": "informed"})
        assert error_of(await claire.post(f"{case}/claim")) == (409, "illegal_transition")

    async def test_the_assistant_that_was_answering_is_silent(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        async def claim(*_: object) -> None:
            assert (await claire.post(f"{case}/claim")).status_code == 200

        engine.on_turn = claim
        engine.answers = [[Remember(profile={"age": 41}, evidence={}, memory={}), Say(text="trop tard")]]
        assert await waiting.say("j'ai 41 ans") == []
        state = await waiting.state()
        assert [message["author"] for message in state["messages"]][-2:] == ["person", "system"]
        assert state["profile"] == {"age": 41}


class TestAnswering:
    async def test_the_counsellor_and_the_person_talk_while_the_assistant_is_silent(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        heard = len(engine.heard)
        assert await waiting.say("vous êtes là ?") == []
        assert len(engine.heard) == heard
        reply = await claire.post(f"{case}/messages", {"text": "Bonjour, je vous lis."})
        assert reply.status_code == 201
        assert reply.json()["author"] == "counsellor"
        messages = (await waiting.state())["messages"]
        assert [(m["author"], m["text"]) for m in messages[-2:]] == [
            ("person", "vous êtes là ?"),
            ("counsellor", "Bonjour, je vous lis."),
        ]
        detail = (await claire.get(case)).json()
        assert detail["transcript"] == messages
        assert detail["labels"]["age"]

    async def test_only_the_holder_writes(self, case: str, claire: Desk, paul: Desk) -> None:
        assert error_of(await claire.post(f"{case}/messages", {"text": "a"})) == (409, "not_case_holder")
        await claire.post(f"{case}/claim")
        for path, body in (("messages", {"text": "a"}), ("release", None), ("return", None),
                           ("close", {"outcome": "informed"}), ("transfer", {"to": "colmar"})):  # fmt: skip
            assert error_of(await paul.post(f"{case}/{path}", body)) == (409, "not_case_holder")

    async def test_a_message_sent_twice_is_one(self, case: str, waiting: Person, claire: Desk) -> None:
        await claire.post(f"{case}/claim")
        body = {"text": "Bonjour.", "client_id": "0b8f5d6e-0000-4000-8000-000000000001"}
        replies = await asyncio.gather(*(claire.post(f"{case}/messages", body) for _ in range(3)))
        assert {(reply.status_code, reply.json()["seq"]) for reply in replies} == {(201, replies[0].json()["seq"])}
        assert [m["text"] for m in (await waiting.state())["messages"] if m["author"] == "counsellor"] == ["Bonjour."]

    @pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
    async def test_a_message_has_words(self, case: str, claire: Desk, text: str) -> None:
        await claire.post(f"{case}/claim")
        assert error_of(await claire.post(f"{case}/messages", {"text": text}))[0] == 422

    async def test_distress_is_answered_even_then(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        heard = len(engine.heard)
        answer = await waiting.say("je veux mourir")
        assert "3114" in answer[0]["text"]
        assert {message["author"] for message in answer} == {"system"}
        assert len(engine.heard) == heard
        (item,) = await queue(claire)
        assert (item["status"], item["priority"], item["reasons"]) == ("claimed", 0, ["asked", "distress"])

    async def test_notes_are_for_counsellors(self, case: str, waiting: Person, claire: Desk, paul: Desk) -> None:
        reply = await claire.post(f"{case}/notes", {"text": "À rappeler lundi."})
        assert reply.status_code == 201
        notes = (await paul.get(case)).json()["notes"]
        assert [(note["author"], note["text"]) for note in notes] == [("Claire", "À rappeler lundi.")]
        assert "À rappeler lundi." not in str(await waiting.state())


class TestEnding:
    async def test_given_back_the_assistant_answers_again(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        assert (await claire.post(f"{case}/return")).json()["status"] == "returned"
        assert (await waiting.state())["owner"] == "bot"
        assert [m["text"] for m in await waiting.say("merci")] == ["écho : merci"]
        engine.answers = [[ASKED]]
        await waiting.say("encore quelqu'un")
        assert (await waiting.state())["handover"]["case_id"] not in case

    async def test_closed_the_person_may_write_again(self, case: str, waiting: Person, claire: Desk) -> None:
        await claire.post(f"{case}/claim")
        assert (await claire.post(f"{case}/close", {"outcome": "informed"})).json()["status"] == "closed"
        state = await waiting.state()
        assert (state["owner"], state["handover"]["status"]) == ("closed", "closed")
        assert state["messages"][-1]["author"] == "system"
        assert [m["text"] for m in await waiting.say("une dernière chose")] == ["écho : une dernière chose"]
        assert (await waiting.state())["owner"] == "bot"

    async def test_an_outcome_is_one_of_the_list(self, case: str, claire: Desk) -> None:
        assert error_of(await claire.post(f"{case}/close", {"outcome": "magic"})) == (422, "invalid_input")

    async def test_released_it_waits_again(self, case: str, waiting: Person, claire: Desk, paul: Desk) -> None:
        await claire.post(f"{case}/claim")
        await claire.post(f"{case}/release")
        assert (await waiting.state())["owner"] == "waiting"
        assert (await paul.post(f"{case}/claim")).status_code == 200

    async def test_transferred_to_a_colleague(self, case: str, waiting: Person, claire: Desk, paul: Desk) -> None:
        await claire.post(f"{case}/claim")
        reply = await claire.post(f"{case}/transfer", {"to": "Paul@hub.test"})
        assert (reply.json()["claimed_by"], reply.json()["mine"]) == ("Paul", False)
        assert (await paul.post(f"{case}/messages", {"text": "Bonjour"})).status_code == 201
        assert "Paul" in (await waiting.state())["messages"][-2]["text"]

    async def test_transferred_to_another_hub(self, case: str, claire: Desk, thionville: Desk) -> None:
        reply = await claire.post(f"{case}/transfer", {"to": "colmar"})
        assert (reply.json()["status"], reply.json()["hub"]) == ("pending", "colmar")
        assert error_of(await thionville.get(case)) == (404, "not_found")
        assert error_of(await claire.post(f"{case}/transfer", {"to": "nobody"})) == (422, "unknown_recipient")

    async def test_who_holds_a_case_sees_it_whatever_its_hub(
        self, waiting: Person, engine: ScriptedEngine, claire: Desk, thionville: Desk
    ) -> None:
        person = await open_conversation(waiting.http, hub="colmar")
        engine.answers = [[ASKED]]
        await person.say("quelqu'un ?")
        case = f"/api/cases/{(await person.state())['handover']['case_id']}"
        await claire.post(f"{case}/transfer", {"to": PAUL[0]})
        assert (await thionville.get(case)).status_code == 200
        assert case.endswith((await queue(thionville, mine="true"))[0]["id"])

    async def test_an_erased_conversation_leaves_no_case(
        self, case: str, waiting: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await claire.post(f"{case}/notes", {"text": "note"})
        engine.answers = [[Erase(), Say(text="C'est effacé.")]]
        await waiting.say("effacez tout")
        assert await queue(claire) == []
        assert error_of(await claire.get(case)) == (404, "not_found")

    async def test_each_step_is_recorded_without_a_word_of_the_person(
        self, case: str, services: Services, claire: Desk
    ) -> None:
        for step, body in (("claim", None), ("release", None), ("claim", None), ("close", {"outcome": "referred"})):
            assert (await claire.post(f"{case}/{step}", body)).status_code == 200
        async with services.sessions() as session:
            events = list(await session.scalars(select(CaseEventRow).order_by(CaseEventRow.id)))
        assert [event.transition for event in events] == ["open", "claim", "release", "claim", "close"]
        assert [event.detail for event in events] == [None, None, None, None, "referred"]


async def test_messages_of_both_sides_at_once_have_numbers_without_gaps(
    case: str, waiting: Person, claire: Desk
) -> None:
    await claire.post(f"{case}/claim")
    await asyncio.gather(
        *(waiting.say(f"personne {n}") for n in range(6)),
        *(claire.post(f"{case}/messages", {"text": f"conseil {n}"}) for n in range(6)),
    )
    messages = (await waiting.state())["messages"]
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    assert sum(message["author"] == "counsellor" for message in messages) == 6


async def test_the_metadata_says_who_has_the_conversation(waiting: Person, engine: ScriptedEngine) -> None:
    await waiting.say("et en attendant ?")
    metadata: TurnMetadata = engine.heard[-1][2]
    assert metadata.owner == "waiting"
