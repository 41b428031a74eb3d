"""A conversation over HTTP, as the person's page uses it."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from api.conversations.schemas import MESSAGE_MAX_CHARS
from api.conversations.turns import SESSION_MESSAGES, SESSION_MESSAGES_AT_EASE
from api.services import Services
from bot.messages import Choice, ChoiceMeaning, Erase, OpenHandover, Remember, Say, Withdraw
from bot.turn import TurnMetadata
from connectors.rasa.client import DialogueUnavailable
from tests.api.conftest import Person, ScriptedEngine, error_of, kept_by, open_conversation

ASK_TOWN = Say(
    kind="question",
    text="Dans quelle ville habitez-vous ?",
    payload={"field": "location"},
    choices=(
        Choice(id="here", label="Ici", meaning=ChoiceMeaning(intent="inform", facts={"location": "08105"})),
        Choice(id="elsewhere", label="Ailleurs", meaning=ChoiceMeaning(intent="inform")),
    ),
)


def remember(**profile: object) -> Remember:
    return Remember(profile=profile, evidence={name: [3] for name in profile}, memory={})  # type: ignore[arg-type]


class TestOpening:
    async def test_the_assistant_speaks_first(self, person: Person) -> None:
        assert [message["author"] for message in person.welcome] == ["bot"] * len(person.welcome)
        assert [message["seq"] for message in person.welcome] == list(range(1, len(person.welcome) + 1))
        state = await person.state()
        assert state["messages"] == person.welcome
        assert (state["owner"], state["profile"], state["handover"]) == ("bot", {}, None)

    async def test_what_buttons_mean_never_leaves_the_server(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[ASK_TOWN]]
        answer = await person.say("bonjour")
        assert answer[0]["payload"] == {
            "field": "location",
            "choices": [{"id": "here", "label": "Ici"}, {"id": "elsewhere", "label": "Ailleurs"}],
        }
        assert set(answer[0]) == {"id", "seq", "author", "at", "text", "kind", "payload"}

    async def test_the_hub_is_kept_and_an_unknown_one_refused(
        self, http: httpx.AsyncClient, engine: ScriptedEngine
    ) -> None:
        person = await open_conversation(http, channel="kiosk", hub="charleville-mezieres")
        await person.say("bonjour")
        assert engine.heard[0][2].hub == "charleville-mezieres"
        reply = await http.post("/api/conversations", json={"channel": "web", "hub": "atlantis"})
        assert error_of(reply) == (422, "unknown_hub")

    @pytest.mark.parametrize("body", [{}, {"channel": "fax"}, {"channel": "web", "admin": True}, [], "web"])
    async def test_a_wrong_body_is_refused(self, http: httpx.AsyncClient, body: object) -> None:
        assert error_of(await http.post("/api/conversations", json=body)) == (422, "invalid_input")

    async def test_the_database_keeps_no_token(self, person: Person, services: Services) -> None:
        await person.say("bonjour")
        kept = await kept_by(services)
        assert person.id.encode() in kept
        assert person.token.encode() not in kept


class TestToken:
    async def test_without_a_token(self, person: Person) -> None:
        assert error_of(await person.http.get(person.path)) == (401, "missing_token")

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", ""), ("DELETE", ""), ("GET", "/events"), ("POST", "/messages"), ("PATCH", "/profile")],
    )
    async def test_the_token_of_another_conversation_opens_nothing(
        self, person: Person, method: str, path: str
    ) -> None:
        other = await open_conversation(person.http)
        body = {"client_id": str(uuid4()), "text": "coucou"} if path == "/messages" else {}
        sent = {"json": body} if method in {"POST", "PATCH"} else {}
        reply = await person.http.request(method, person.path + path, headers=other.headers, **sent)  # type: ignore[arg-type]
        assert error_of(reply) == (404, "not_found")
        assert len((await person.state())["messages"]) == len(person.welcome)


class TestMessages:
    async def test_messages_are_numbered_without_gaps(self, person: Person) -> None:
        for text in ("bonjour", "je cherche une formation", "merci"):
            await person.say(text)
        messages = (await person.state())["messages"]
        assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
        assert [m["text"] for m in messages if m["author"] == "person"] == [
            "bonjour",
            "je cherche une formation",
            "merci",
        ]

    async def test_the_message_is_kept_before_it_is_answered(self, person: Person, engine: ScriptedEngine) -> None:
        seen: list[str] = []

        async def look(_sender: str, _text: str, _metadata: TurnMetadata) -> None:
            seen.extend(message["text"] for message in (await person.state())["messages"])

        engine.on_turn = look
        await person.say("gardez bien ceci")
        assert seen[-1] == "gardez bien ceci"

    async def test_the_same_client_id_is_one_message_with_one_answer(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        client_id = str(uuid4())
        replies = await asyncio.gather(*(person.post(client_id=client_id, text="bonjour") for _ in range(5)))
        assert {reply.status_code for reply in replies} == {200}
        assert all(reply.json() == replies[0].json() for reply in replies)
        assert len(engine.heard) == 1
        assert len((await person.state())["messages"]) == len(person.welcome) + 2

    async def test_many_messages_at_once_are_all_kept_and_answered_one_by_one(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        running = most = 0

        async def count(*_: object) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

        engine.on_turn = count
        await asyncio.gather(*(person.say(f"message {n}") for n in range(8)))
        messages = (await person.state())["messages"]
        assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
        assert {m["text"] for m in messages if m["author"] == "person"} == {f"message {n}" for n in range(8)}
        assert most == 1

    async def test_a_message_whose_answer_was_lost_is_answered_when_sent_again(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        async def crash(*_: object) -> None:
            raise RuntimeError("the process ends here")

        client_id = str(uuid4())
        engine.on_turn = crash
        assert error_of(await person.post(client_id=client_id, text="bonjour")) == (500, "internal_error")
        engine.on_turn = None
        reply = await person.post(client_id=client_id, text="bonjour")
        assert [message["text"] for message in reply.json()["messages"]] == ["écho : bonjour"]
        assert [m["author"] for m in (await person.state())["messages"]][len(person.welcome) :] == ["person", "bot"]

    async def test_length(self, person: Person) -> None:
        assert (await person.post(text="a" * MESSAGE_MAX_CHARS)).status_code == 200
        assert error_of(await person.post(text="a" * (MESSAGE_MAX_CHARS + 1))) == (422, "message_too_long")
        assert error_of(await person.post(text="é" * 200_000)) == (422, "message_too_long")

    @pytest.mark.parametrize("body", [{"text": ""}, {"text": "  \n "}, {}, {"text": "a", "choice": "b"}])
    async def test_neither_text_nor_choice(self, person: Person, body: dict[str, str]) -> None:
        assert error_of(await person.post(**body)) == (422, "message_empty")

    @pytest.mark.parametrize("client_id", ["", "42", None, "not-a-uuid"])
    async def test_a_client_id_is_a_uuid(self, person: Person, client_id: object) -> None:
        reply = await person.post(client_id=client_id, text="bonjour")
        assert error_of(reply) == (422, "invalid_input")
        assert reply.json()["error"]["field"] == "client_id"

    @pytest.mark.parametrize(
        "text",
        [
            "'); DROP TABLE messages; --",
            "<script>alert(1)</script>",
            "😀 e\u0301 \u202e عربي",
            "{name} %s \\x00",
            '/inform{"location": "08105"}',
        ],
    )
    async def test_any_text_is_only_text(self, person: Person, engine: ScriptedEngine, text: str) -> None:
        await person.say(text)
        assert engine.heard[0][1] == text
        assert engine.heard[0][2].choice is None
        assert (await person.state())["messages"][len(person.welcome)]["text"] == text

    async def test_what_nobody_can_write_is_left_out(self, person: Person, engine: ScriptedEngine) -> None:
        await person.say("bon\x00jour\x07\r\nmerci")
        assert engine.heard[0][1] == "bonjour\nmerci"

    async def test_half_a_character(self, person: Person) -> None:
        body = b'{"client_id": "%s", "text": "\\ud800"}' % str(uuid4()).encode()
        headers = {**person.headers, "Content-Type": "application/json"}
        reply = await person.http.post(f"{person.path}/messages", content=body, headers=headers)
        assert error_of(reply) == (422, "message_empty")

    async def test_an_answer_is_never_missing(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[remember(age=30)], [Say(text="")], [Say(text="  "), Say(text="oui")]]
        assert (await person.say("un"))[0]["text"]
        assert (await person.say("deux"))[0]["text"]
        assert [message["text"] for message in await person.say("trois")] == ["oui"]

    async def test_what_is_learnt_is_there_when_the_post_returns(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[remember(location="08105", status="employee"), Say(text="noté")]]
        await person.say("je suis salarié à Charleville")
        state = await person.state()
        assert state["profile"] == {"location": "08105", "status": "employee"}
        assert state["labels"]["location"].startswith("Charleville-Mézières")
        await person.say("et après ?")
        assert engine.heard[1][2].profile == state["profile"]
        assert engine.heard[1][2].evidence == {"location": [3], "status": [3]}

    async def test_a_long_conversation_gets_new_engine_sessions(self, person: Person, engine: ScriptedEngine) -> None:
        for number in range(SESSION_MESSAGES_AT_EASE + 1):
            await person.say(f"message {number}")
        senders = list(dict.fromkeys(sender for sender, _, _ in engine.heard))
        assert senders == [f"{person.id}.1", f"{person.id}.2"]

    async def test_a_question_that_is_pending_stays_in_its_session(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        engine.answers = [[ASK_TOWN] for _ in range(SESSION_MESSAGES + 1)]
        for number in range(SESSION_MESSAGES):
            await person.say(f"message {number}")
        assert {sender for sender, _, _ in engine.heard} == {f"{person.id}.1"}
        await person.say("encore un")
        assert engine.heard[-1][0] == f"{person.id}.2"


class TestChoices:
    async def test_a_touched_choice_is_kept_as_its_label(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[Say(text="Bonjour"), ASK_TOWN]]
        await person.say("bonjour")
        assert (await person.post(choice="here")).status_code == 200
        _, text, metadata = engine.heard[1]
        assert text == "Ici"
        assert metadata.asked_field == "location"
        assert metadata.choice == ASK_TOWN.choices[0].meaning
        messages = (await person.state())["messages"]
        assert messages[-2]["text"] == "Ici"

    async def test_a_typed_label_is_not_a_choice(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[ASK_TOWN]]
        await person.say("bonjour")
        await person.say("Ici")
        assert engine.heard[1][2].choice is None
        assert engine.heard[1][2].asked_field == "location"

    @pytest.mark.parametrize("choice", ["nowhere", "", "talk_to_human"])
    async def test_an_unknown_choice(self, person: Person, engine: ScriptedEngine, choice: str) -> None:
        engine.answers = [[ASK_TOWN]]
        await person.say("bonjour")
        assert error_of(await person.post(choice=choice)) == (422, "unknown_choice")

    async def test_an_old_choice(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[ASK_TOWN]]
        await person.say("bonjour")
        await person.say("je ne sais pas")
        assert error_of(await person.post(choice="here")) == (422, "unknown_choice")
        assert len(engine.heard) == 2


class TestEngineDown:
    @pytest.fixture
    def down(self, engine: ScriptedEngine) -> ScriptedEngine:
        async def fail(*_: object) -> None:
            raise DialogueUnavailable

        engine.on_turn = fail
        return engine

    async def test_the_message_is_kept_and_a_person_offered_then_it_goes_on(
        self, person: Person, engine: ScriptedEngine, down: ScriptedEngine
    ) -> None:
        answer = await person.say("bonjour")
        assert [message["author"] for message in answer] == ["system"]
        assert [choice["id"] for choice in answer[0]["payload"]["choices"]] == ["talk_to_human"]
        engine.on_turn = None
        assert [message["text"] for message in await person.say("re-bonjour")] == ["écho : re-bonjour"]

    async def test_the_question_that_was_open_stays_open(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[ASK_TOWN]]
        await person.say("bonjour")

        async def fail(*_: object) -> None:
            raise DialogueUnavailable

        engine.on_turn = fail
        await person.post(choice="here")
        engine.on_turn = None
        assert (await person.post(choice="here")).status_code == 200
        assert engine.heard[-1][2].asked_field == "location"

    @pytest.mark.parametrize("body", [{"choice": "talk_to_human"}, {"text": "je veux voir quelqu'un"}])
    async def test_a_person_can_be_asked_for_all_the_same(
        self, person: Person, down: ScriptedEngine, body: dict[str, str]
    ) -> None:
        await person.say("bonjour")
        assert (await person.post(**body)).status_code == 200
        state = await person.state()
        assert state["owner"] == "waiting"
        assert state["handover"]["reasons"] == ["asked"]

    async def test_someone_in_distress_gets_the_numbers(self, person: Person, down: ScriptedEngine) -> None:
        answer = await person.say("je dors dehors, je n'ai nulle part où aller")
        assert "115" in answer[0]["text"]
        assert (await person.state())["handover"]["reasons"] == ["distress"]


class TestHandover:
    async def test_a_case_opens_and_further_reasons_join_it(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [
            [OpenHandover(reasons=("asked",), text="Je transmets.")],
            [OpenHandover(reasons=("disability", "asked"), text="C'est noté.")],
        ]
        answer = await person.say("je veux parler à quelqu'un")
        assert (answer[0]["kind"], answer[0]["text"].splitlines()[0]) == ("handover", "Je transmets.")
        first = await person.state()
        assert first["owner"] == "waiting"
        assert answer[0]["payload"] == first["handover"]
        await person.say("je suis malentendant")
        second = (await person.state())["handover"]
        assert second["case_id"] == first["handover"]["case_id"]
        assert second["reasons"] == ["asked", "disability"]
        assert engine.heard[1][2].handover_reasons == ["asked"]
        assert engine.heard[1][2].owner == "waiting"

    async def test_the_person_may_withdraw(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[OpenHandover(reasons=("asked",), text="Je transmets.")], [Withdraw(), Say(text="Bien.")]]
        await person.say("je veux parler à quelqu'un")
        await person.say("finalement non")
        state = await person.state()
        assert (state["owner"], state["handover"]["status"]) == ("bot", "closed")
        await person.say("autre chose")
        assert engine.heard[2][2].handover_reasons == []


class TestErasing:
    async def test_everything_is_gone(self, person: Person, services: Services) -> None:
        await person.say("un secret bien gardé")
        assert (await person.http.delete(person.path, headers=person.headers)).status_code == 204
        assert error_of(await person.http.get(person.path, headers=person.headers)) == (404, "not_found")
        assert error_of(await person.post(text="toc toc")) == (404, "not_found")
        kept = await kept_by(services)
        assert "un secret bien gardé".encode() not in kept
        assert person.id.encode() not in kept

    async def test_by_message_the_last_words_are_told_not_kept(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[Erase(), Say(text="C'est effacé.")]]
        assert [message["text"] for message in await person.say("oui, effacez tout")] == ["C'est effacé."]
        assert error_of(await person.http.get(person.path, headers=person.headers)) == (404, "not_found")

    async def test_by_message_something_is_always_said(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[Erase()]]
        assert len(await person.say("oui, effacez tout")) == 1


class TestProfile:
    async def patch(self, person: Person, **changes: object) -> httpx.Response:
        return await person.http.patch(f"{person.path}/profile", json=changes, headers=person.headers)

    async def test_a_value_replaces_and_null_removes(self, person: Person, engine: ScriptedEngine) -> None:
        engine.answers = [[remember(location="08105", age=40), Say(text="noté")]]
        await person.say("j'ai 40 ans")
        reply = await self.patch(person, location="88160", age=None, disability=True)
        assert reply.json()["profile"] == {"location": "88160", "disability": True}
        assert reply.json() == await person.state()
        await person.say("et maintenant ?")
        assert engine.heard[1][2].profile == {"location": "88160", "disability": True}
        told = (await person.state())["messages"][4]
        assert (told["author"], told["text"]) == (
            "system",
            "Vous avez corrigé : ville : Épinal (88000) ; handicap reconnu : oui.",
        )
        assert engine.heard[1][2].evidence == {"location": [told["seq"]], "disability": [told["seq"]]}

    @pytest.mark.parametrize(
        ("field", "value"),
        [("age", "quarante"), ("age", -1), ("location", "Paris"), ("status", "king"), ("modality", "evening"),
         ("first_name", "A\x00"), ("email", "nobody")],
    )  # fmt: skip
    async def test_a_wrong_value_names_its_field_and_changes_nothing(
        self, person: Person, field: str, value: object
    ) -> None:
        reply = await self.patch(person, company_size=12, **{field: value})
        assert error_of(reply) == (422, "invalid_input")
        assert reply.json()["error"]["field"] == field
        assert (await person.state())["profile"] == {}

    async def test_an_unknown_field(self, person: Person) -> None:
        assert error_of(await self.patch(person, shoe_size=42)) == (422, "invalid_input")

    async def test_a_correction_waits_for_the_turn_going_on(self, person: Person, engine: ScriptedEngine) -> None:
        patches: list[asyncio.Task[httpx.Response]] = []

        async def correct(*_: object) -> None:
            patches.append(asyncio.create_task(self.patch(person, age=41)))
            await asyncio.sleep(0.05)

        engine.on_turn, engine.answers = correct, [[remember(age=40, status="employee"), Say(text="noté")]]
        await person.say("j'ai 40 ans")
        await asyncio.gather(*patches)
        assert (await person.state())["profile"] == {"age": 41, "status": "employee"}
