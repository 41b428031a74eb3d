"""What the dialogue engine and the operator reach on loopback."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from api.app import create_internal_app
from api.health import PARTS, Board
from api.internal.app import create_health_app
from api.services import Services
from bot.messages import EFFECT, Choice, ChoiceMeaning, OpenHandover, Say
from bot.turn import TurnMetadata
from nlu.understanding import Context, IntentScore, Understanding
from tests.api.conftest import JSON, Person, ScriptedEngine, client_of, error_of, open_conversation

YES = ChoiceMeaning(intent="affirm", facts={"has_driving_licence": True})
LICENCE = Say(
    kind="question",
    text="Avez-vous le permis ?",
    payload={"field": "has_driving_licence"},
    choices=(Choice(id="yes", label="Oui", meaning=YES),),
)


class Listening:
    """Understanding that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Context]] = []

    def parse(self, text: str, context: Context) -> Understanding:
        self.asked.append((text, context))
        intent = IntentScore("inform", 0.9)
        return Understanding(text, intent, (intent,))


@pytest.fixture
def listening() -> Listening:
    return Listening()


@pytest.fixture
async def inner(services: Services, listening: Listening) -> AsyncIterator[httpx.AsyncClient]:
    """The inner application."""
    async with client_of(create_internal_app(Board(), replace(services, interpreter=listening))) as client:
        yield client


@pytest.fixture
def secret(services: Services) -> str:
    return services.settings.internal_secret.get_secret_value()


@pytest.fixture
def parse(inner: httpx.AsyncClient, secret: str) -> "Parse":
    return Parse(inner, secret)


class Parse:
    """Asks what a message means, as the dialogue engine does."""

    def __init__(self, inner: httpx.AsyncClient, secret: str) -> None:
        self._inner, self._secret = inner, secret

    async def __call__(self, text: str, sender: str | None = None) -> JSON:
        body = {"token": self._secret, "text": text, "message_id": sender}
        reply = await self._inner.post("/model/parse", json=body)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


class TestParse:
    """The dialogue engine asks while the turn goes on."""

    @pytest.fixture
    def replies(self, engine: ScriptedEngine, parse: Parse) -> list[JSON]:
        """What each turn's message was understood as."""
        found: list[JSON] = []

        async def understand(sender: str, text: str, _metadata: TurnMetadata) -> None:
            found.append(await parse(text, sender))

        engine.on_turn = understand
        engine.answers = [[LICENCE]]
        return found

    async def test_it_is_understood_in_its_context(
        self, http: httpx.AsyncClient, replies: list[JSON], listening: Listening
    ) -> None:
        person = await open_conversation(http, hub="charleville-mezieres")
        await person.say("bonjour")
        await person.say("oui j'ai le permis")
        assert replies[-1]["intent"] == {"name": "inform", "confidence": 0.9}
        context = listening.asked[-1][1]
        assert (context.asked_field, context.hub_insee) == ("has_driving_licence", "08105")

    async def test_a_touched_choice_means_what_it_says(
        self, person: Person, replies: list[JSON], listening: Listening
    ) -> None:
        await person.say("bonjour")
        await person.post(choice="yes")
        assert replies[-1]["intent"] == {"name": "affirm", "confidence": 1.0}
        assert (replies[-1]["entities"], replies[-1]["intent_ranking"]) == ([], [{"name": "affirm", "confidence": 1.0}])
        assert [asked for asked, _ in listening.asked] == ["bonjour"]

    @pytest.mark.parametrize("text", ["Oui", "/affirm", '/inform{"age": "40"}'])
    async def test_typed_text_never_is_a_choice(
        self, person: Person, replies: list[JSON], listening: Listening, text: str
    ) -> None:
        await person.say("bonjour")
        await person.say(text)
        assert [asked for asked, _ in listening.asked] == ["bonjour", text]
        assert replies[-1]["intent"]["name"] == "inform"

    async def test_when_the_turn_is_over_its_context_is_forgotten(
        self, person: Person, replies: list[JSON], parse: Parse, listening: Listening
    ) -> None:
        await person.say("bonjour")
        await person.say("oui")
        await parse("oui", f"{person.id}.1")
        assert [context.asked_field for _, context in listening.asked] == [None, "has_driving_licence", None]
        assert len(replies) == 2

    @pytest.mark.parametrize("sender", [None, "", "nobody.1", "default"])
    async def test_without_a_conversation_the_text_is_understood_alone(
        self, parse: Parse, listening: Listening, sender: str | None
    ) -> None:
        await parse("bonjour", sender)
        assert listening.asked[0][1].asked_field is None


class TestWebhook:
    async def test_an_action_answers_with_effects(self, inner: httpx.AsyncClient, secret: str, person: Person) -> None:
        metadata = {"conversation": person.id, "seq": 3, "channel": "web", "owner": "bot", "today": "2026-11-23"}
        message = {"text": "quelqu'un ?", "intent": {"name": "talk_to_human", "confidence": 1.0}, "metadata": metadata}
        call = {"next_action": "action_handover", "tracker": {"slots": {}, "latest_message": message}}
        reply = await inner.post("/webhook", json=call, headers={"Authorization": f"Bearer {secret}"})
        assert reply.status_code == 200, reply.text
        effects = [EFFECT.validate_python(response["custom"]) for response in reply.json()["responses"]]
        assert any(isinstance(effect, OpenHandover) for effect in effects)

    async def test_an_unknown_action(self, inner: httpx.AsyncClient, secret: str) -> None:
        metadata = {"conversation": "c", "seq": 1, "channel": "web", "owner": "bot", "today": "2026-11-23"}
        call = {"next_action": "action_nothing", "tracker": {"latest_message": {"metadata": metadata}}}
        reply = await inner.post("/webhook", json=call, headers={"Authorization": f"Bearer {secret}"})
        assert error_of(reply) == (404, "not_found")


@pytest.mark.parametrize("given", ["", "wrong", "é"])
async def test_without_the_secret_nothing_is_answered(inner: httpx.AsyncClient, given: str, services: Services) -> None:
    body = {"text": "bonjour", "token": given}
    assert error_of(await inner.post("/model/parse", json=body)) == (401, "wrong_secret")
    metadata = {"conversation": "c", "seq": 1, "channel": "web", "owner": "bot", "today": "2026-11-23"}
    call = {"next_action": "action_handover", "tracker": {"latest_message": {"metadata": metadata}}}
    headers = {"Authorization": f"Bearer {given}".encode()}
    assert error_of(await inner.post("/webhook", json=call, headers=headers)) == (401, "wrong_secret")


class TestHealth:
    async def test_it_answers_before_anything_is_loaded(self) -> None:
        board = Board()
        async with client_of(create_health_app(board)) as client:
            assert (await client.get("/health/live")).status_code == 200
            reply = await client.get("/health/ready")
            assert (reply.status_code, reply.json()["parts"]) == (503, dict.fromkeys(PARTS, "starting"))
            assert error_of(await client.post("/model/parse", json={"text": "bonjour"})) == (404, "not_found")

    async def test_it_says_which_part_is_down(self) -> None:
        board = Board()
        async with client_of(create_health_app(board)) as client:
            board.tell(**dict.fromkeys(PARTS, "up"))  # type: ignore[arg-type]
            assert (await client.get("/health/ready")).status_code == 200
            board.tell(search="degraded")
            assert (await client.get("/health/ready")).status_code == 200
            board.tell(dialogue="down")
            reply = await client.get("/health/ready")
            assert (reply.status_code, reply.json()["parts"]["dialogue"]) == (503, "down")

    async def test_figures(self, inner: httpx.AsyncClient, person: Person) -> None:
        await person.say("bonjour")
        figures = (await inner.get("/metrics")).text
        assert 'hub_turns_total{owner="bot"}' in figures
        assert "hub_turn_seconds_count" in figures
