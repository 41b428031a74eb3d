"""The queue of a counsellor: searching, narrowing, what is new in it."""

from dataclasses import replace

import pytest

from api.cases.forgetting import forget_erased
from api.cases.searching import holds_all
from api.cases.summaries import KEPT, MadeFrom, SummaryCache
from api.conversations import store
from api.services import Services
from bot.messages import OpenHandover, Remember
from bot.summary import Summary
from tests.api.conftest import JSON, Desk, Person, ScriptedEngine, error_of, open_conversation


async def queue(desk: Desk, **params: str) -> list[JSON]:
    reply = await desk.get("/api/cases", **params)
    assert reply.status_code == 200, reply.text
    return list(reply.json()["items"])


async def ask(person: Person, engine: ScriptedEngine, words: str, reason: str = "asked", **facts: object) -> str:
    """Someone says a few words and is passed on; the address of the case."""
    hand_over = OpenHandover.model_validate({"reasons": (reason,), "text": "Je transmets."})
    engine.answers = [
        [
            Remember.model_validate({"profile": facts, "evidence": {name: [1] for name in facts}, "memory": {}}),
            hand_over,
        ]
    ]
    await person.say(words)
    return f"/api/cases/{(await person.state())['handover']['case_id']}"


class TestSearching:
    @pytest.fixture
    async def florist(self, person: Person, engine: ScriptedEngine) -> str:
        other = await open_conversation(person.http, hub="colmar")
        await ask(other, engine, "je suis boulanger", reason="resignation")
        return await ask(person, engine, "Je suis FLEURISTE à Épinal", location="88160")

    @pytest.mark.parametrize("words", ["fleuriste", "epinal fleur", "ÉPINAL", "je suis fleuriste à"])
    async def test_the_words_of_the_person_are_found_whatever_their_accents(
        self, florist: str, claire: Desk, words: str
    ) -> None:
        assert [f"/api/cases/{item['id']}" for item in await queue(claire, q=words)] == [florist]

    async def test_notes_are_searched(self, florist: str, claire: Desk) -> None:
        await claire.post(f"{florist}/notes", {"text": "Rappeler la mission locale"})
        assert len(await queue(claire, q="mission locale")) == 1
        assert await queue(claire, q="mission boulanger") == []

    async def test_facts_are_searched_as_they_are_said(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await ask(person, engine, "voilà", status="jobseeker")
        (item,) = await queue(claire)
        said = " ".join(line["text"] for line in item["summary"]["situation"])
        assert await queue(claire, q=said.split()[-1]) == [item]

    async def test_nothing_is_found_outside_ones_hubs(
        self, florist: str, engine: ScriptedEngine, person: Person, thionville: Desk
    ) -> None:
        assert await queue(thionville, q="boulanger") == []
        assert len(await queue(thionville, q="fleuriste")) == 1

    async def test_what_is_erased_is_no_longer_found(self, florist: str, person: Person, claire: Desk) -> None:
        await person.http.delete(person.path, headers=person.headers)
        assert await queue(claire, q="fleuriste") == []

    async def test_a_reason_narrows_the_queue(self, florist: str, claire: Desk) -> None:
        assert [item["reasons"] for item in await queue(claire, reason="resignation")] == [["resignation"]]
        assert error_of(await claire.get("/api/cases", reason="boredom"))[0] == 422


class TestSummaries:
    async def test_a_fact_that_changes_is_in_the_queue_at_once(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await ask(person, engine, "je suis à Épinal", location="88160")
        for changes, told in ({}, ["location"]), ({"age": 41}, ["age", "location"]), ({"location": None}, ["age"]):
            await person.http.patch(f"{person.path}/profile", json=changes, headers=person.headers)
            (item,) = await queue(claire)
            assert [line["field"] for line in item["summary"]["situation"]] == told
            assert await queue(claire) == [item]

    async def test_erasing_leaves_none_in_memory(
        self, person: Person, engine: ScriptedEngine, claire: Desk, services: Services
    ) -> None:
        await ask(person, engine, "je suis à Épinal")
        await queue(claire)
        assert len(services.summaries) == 1
        await person.http.delete(person.path, headers=person.headers)
        assert len(services.summaries) == 0

    async def test_one_erased_by_another_process_is_forgotten(
        self, person: Person, engine: ScriptedEngine, claire: Desk, services: Services
    ) -> None:
        await ask(person, engine, "je suis à Épinal")
        await queue(claire)
        await forget_erased(services)
        assert len(services.summaries) == 1
        async with services.sessions() as session, session.begin():
            await store.erase(session, person.path.rsplit("/")[-1])
        await forget_erased(services)
        assert len(services.summaries) == 0

    def test_those_read_the_longest_ago_go(self) -> None:
        cache, source = SummaryCache(), MadeFrom("talk", 3, ["asked"], {}, {}, {})
        empty = {name: [] for name in ("notes", "blocking", "situation", "already_proposed", "open_questions", "reach")}
        summary = Summary.model_validate(empty | {"urgency": None, "request": None, "contact_consent": False})
        for number in range(KEPT + 1):
            cache.keep(str(number), source, summary)
        assert len(cache) == KEPT
        assert cache.get("0", source) is None
        assert cache.get("1", source) == summary
        assert cache.get("1", replace(source, last_seq=4)) is None


def test_every_word_must_be_there() -> None:
    assert holds_all("epinal  fleur", ["Je suis fleuriste.", "Épinal (88000)"])
    assert not holds_all("epinal soudeur", ["Je suis fleuriste.", "Épinal (88000)"])


class TestUnread:
    async def test_what_the_person_writes_is_new_to_each_counsellor_until_they_read_it(
        self, person: Person, engine: ScriptedEngine, claire: Desk, paul: Desk
    ) -> None:
        case = await ask(person, engine, "quelqu'un ?")
        await person.say("j'attends")
        assert [item["unread"] for item in await queue(claire)] == [2]
        transcript = (await claire.get(case)).json()["transcript"]
        assert (await claire.put(f"{case}/read", {"seq": transcript[-1]["seq"]})).status_code == 204
        assert [item["unread"] for item in await queue(claire)] == [0]
        assert [item["unread"] for item in await queue(paul)] == [2]
        await person.say("toujours là")
        assert [item["unread"] for item in await queue(claire)] == [1]

    async def test_an_older_mark_never_replaces_a_newer_one(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        case = await ask(person, engine, "quelqu'un ?")
        for seq in (1000, 1):
            assert (await claire.put(f"{case}/read", {"seq": seq})).status_code == 204
        assert [item["unread"] for item in await queue(claire)] == [0]
        await person.say("encore")
        assert [item["unread"] for item in await queue(claire)] == [1]

    async def test_a_mark_says_a_message(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        case = await ask(person, engine, "quelqu'un ?")
        assert error_of(await claire.put(f"{case}/read", {"seq": 0}))[0] == 422
        assert error_of(await claire.http.put(f"{case}/read", json={"seq": 1})) == (403, "csrf_mismatch")
