"""Misread messages: kept only with consent, without who wrote them, labelled by a counsellor, exported, forgotten."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from httpx import AsyncClient
from typer.testing import CliRunner

from api.app import create_public_app
from api.cli import app as cli
from api.services import Services
from bot.messages import Choice, ChoiceMeaning, OpenHandover, Remember, Review, Say
from knowledge.clock import Clock
from nlu.corpus_reader import Example, read_file
from tests.api.conftest import (
    CLAIRE,
    Desk,
    Person,
    ScriptedEngine,
    client_of,
    error_of,
    open_conversation,
    sign_in,
)

INBOX = "/api/learning/messages"
MISREAD = "jvoudré fer le truc des feuille de paye"


async def agree(person: Person, given: bool = True) -> None:
    reply = await person.http.put(f"{person.path}/learning-consent", json={"given": given}, headers=person.headers)
    assert reply.status_code == 200, reply.text


async def misread(person: Person, engine: ScriptedEngine, text: str = MISREAD, reason: str = "not_understood") -> None:
    seq = (await person.state())["messages"][-1]["seq"] + 1
    engine.answers.append([Review(seq=seq, reason=reason), Say(text="Pouvez-vous le dire autrement ?")])
    await person.say(text)


async def items(desk: Desk, **params: str) -> list[dict[str, object]]:
    reply = await desk.get(INBOX, **params)
    assert reply.status_code == 200, reply.text
    return list(reply.json()["items"])


class TestConsent:
    async def test_without_it_nothing_is_kept(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        assert (await person.state())["learning_consent"] is False
        await misread(person, engine)
        assert await items(claire) == []

    async def test_with_it_the_message_waits(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        assert (await person.state())["learning_consent"] is True
        await misread(person, engine)
        (item,) = await items(claire)
        assert (item["text"], item["reason"]) == (MISREAD, "not_understood")

    async def test_withdrawn_what_waits_goes(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        await misread(person, engine)
        await agree(person, given=False)
        assert await items(claire) == []

    async def test_erasing_takes_it_along(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        await misread(person, engine)
        await person.http.delete(person.path, headers=person.headers)
        assert await items(claire) == []

    async def test_is_the_persons_alone(self, person: Person, http: AsyncClient) -> None:
        other = await open_conversation(http)
        reply = await http.put(f"{person.path}/learning-consent", json={"given": True}, headers=other.headers)
        assert error_of(reply) == (404, "not_found")

    @pytest.mark.parametrize("body", [{}, {"given": "yes"}, {"given": None}])
    async def test_must_be_yes_or_no(self, person: Person, body: dict[str, object]) -> None:
        reply = await person.http.put(f"{person.path}/learning-consent", json=body, headers=person.headers)
        assert reply.status_code == 422


class TestWhatIsKept:
    async def test_says_nothing_of_who_wrote_it(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        engine.answers.append([Remember(profile={"first_name": "Nadia"}, evidence={}, memory={}), Say(text="Bonjour.")])
        await person.say("moi c'est Nadia")
        await misread(person, engine, "c'est nadia, écrivez à n@exemple.fr ou au 1234567890")
        (item,) = await items(claire)
        assert item["text"] == "c'est [prénom], écrivez à [courriel] ou au [numéro]"
        assert person.id not in str(item)

    async def test_each_message_once(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        await misread(person, engine)
        seq = next(m["seq"] for m in (await person.state())["messages"] if m["text"] == MISREAD)
        engine.answers.append([Review(seq=seq, reason="complaint"), Say(text="Pardon.")])
        await person.say("ça ne répond pas")
        assert [item["reason"] for item in await items(claire)] == ["not_understood"]

    async def test_a_touched_button_is_not_kept(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        choice = Choice(id="yes", label="Oui", meaning=ChoiceMeaning(intent="affirm"))
        engine.answers.append(
            [Say(kind="question", text="C'est bien ça ?", payload={"field": None}, choices=(choice,))]
        )
        await person.say("bonjour")
        seq = (await person.state())["messages"][-1]["seq"] + 1
        engine.answers.append([Review(seq=seq, reason="corrected"), Say(text="D'accord.")])
        await person.post(choice="yes")
        assert await items(claire) == []

    async def test_is_forgotten_after_a_month(self, services: Services, engine: ScriptedEngine) -> None:
        async with client_of(create_public_app(services)) as http:
            person = await open_conversation(http)
            await agree(person)
            await misread(person, engine)
        later = replace(services, clock=Clock(date(2027, 1, 5)))
        async with client_of(create_public_app(services)) as http:
            assert len(await items(await sign_in(http, CLAIRE))) == 1
        async with client_of(create_public_app(later)) as http:
            assert await items(await sign_in(http, CLAIRE)) == []


class TestLabelling:
    async def test_two_clicks_and_nothing_leads_back(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await agree(person)
        await misread(person, engine)
        (item,) = await items(claire)
        reply = await claire.post(f"{INBOX}/{item['id']}/label", {"intent": "find_training"})
        assert reply.json()["label"] == "find_training"
        assert await items(claire) == []
        await person.http.delete(person.path, headers=person.headers)
        (labelled,) = await items(claire, labelled="true")
        assert labelled["text"] == MISREAD

    async def test_one_may_change_ones_mind_and_the_text(
        self, person: Person, engine: ScriptedEngine, claire: Desk
    ) -> None:
        await agree(person)
        await misread(person, engine)
        (item,) = await items(claire)
        await claire.post(f"{INBOX}/{item['id']}/label", {"intent": "thank"})
        await claire.post(f"{INBOX}/{item['id']}/label", {"intent": "find_training", "text": "je veux faire la paie"})
        (labelled,) = await items(claire, labelled="true")
        assert (labelled["label"], labelled["text"]) == ("find_training", "je veux faire la paie")

    async def test_what_is_not_worth_it_is_left_out(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        await misread(person, engine)
        (item,) = await items(claire)
        reply = await claire.http.delete(f"{INBOX}/{item['id']}", headers={"X-CSRF-Token": claire.csrf})
        assert reply.status_code == 204
        assert await items(claire) + await items(claire, labelled="true") == []

    async def test_an_unknown_meaning_is_refused(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        await agree(person)
        await misread(person, engine)
        (item,) = await items(claire)
        reply = await claire.post(f"{INBOX}/{item['id']}/label", {"intent": "buy_a_boat"})
        assert error_of(reply) == (422, "unknown_intent")

    async def test_only_counsellors_and_only_with_their_token(
        self, person: Person, engine: ScriptedEngine, claire: Desk, http: AsyncClient
    ) -> None:
        await agree(person)
        await misread(person, engine)
        (item,) = await items(claire)
        assert error_of(await http.get(INBOX)) == (401, "not_signed_in")
        reply = await claire.http.post(f"{INBOX}/{item['id']}/label", json={"intent": "thank"})
        assert error_of(reply) == (403, "csrf_mismatch")
        assert error_of(await claire.post(f"{INBOX}/nobody/label", {"intent": "thank"})) == (404, "not_found")


async def test_what_was_labelled_is_exported_once(
    monkeypatch: pytest.MonkeyPatch,
    services: Services,
    person: Person,
    engine: ScriptedEngine,
    claire: Desk,
    tmp_path: Path,
) -> None:
    await agree(person)
    await misread(person, engine)
    (item,) = await items(claire)
    await claire.post(f"{INBOX}/{item['id']}/label", {"intent": "find_training"})
    monkeypatch.setenv("HUB_DATABASE_URL", services.settings.database)
    file = tmp_path / "from_use.yml"
    for told in ("1 messages ajoutés", "0 messages ajoutés"):
        result = CliRunner().invoke(cli, ["nlu", "export", "--output", str(file)])
        assert result.exit_code == 0, result.output
        assert told in result.output
    assert read_file(file) == [Example(MISREAD, "find_training")]


async def test_a_case_and_an_inbox_do_not_meet(person: Person, engine: ScriptedEngine, claire: Desk) -> None:
    await agree(person)
    seq = (await person.state())["messages"][-1]["seq"] + 1
    review = Review(seq=seq, reason="not_understood")
    engine.answers.append([review, OpenHandover(reasons=("not_understood",), text="Je transmets.")])
    await person.say(MISREAD)
    assert [item["text"] for item in await items(claire)] == [MISREAD]
    assert (await person.state())["handover"]["reasons"] == ["not_understood"]
