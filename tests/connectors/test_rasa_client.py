"""What is read back from the dialogue engine, and what is not."""

from datetime import date

import httpx
import pytest

from bot.messages import Remember, Say
from bot.turn import TurnMetadata
from connectors.rasa.client import DialogueUnavailable, RasaClient

METADATA = TurnMetadata(conversation="c", seq=3, channel="web", owner="bot", today=date(2026, 11, 23))
SAY = {"custom": {"effect": "say", "text": "Bonjour"}}
REMEMBER = {"custom": {"effect": "remember", "profile": {"age": 40}, "evidence": {"age": [3]}, "memory": {}}}


def client(answer: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> RasaClient:
    """A client of an engine that gives this answer."""

    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return RasaClient(httpx.AsyncClient(transport=httpx.MockTransport(handle), base_url="http://rasa.test"))


async def test_effects_are_read_back_in_order() -> None:
    seen: list[httpx.Request] = []
    rasa = client(httpx.Response(200, json=[SAY, REMEMBER]), seen)
    effects = await rasa.turn("c.1", "bonjour", METADATA)
    assert effects == [Say(text="Bonjour"), Remember(profile={"age": 40}, evidence={"age": [3]}, memory={})]
    assert seen[0].url.path == "/webhooks/rest/webhook"
    await rasa.close()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="not json"),
        httpx.Response(200, json={"custom": {}}),
        httpx.Response(200, json=[{"text": "a plain text of the engine"}]),
        httpx.Response(200, json=[{"custom": {"effect": "explode"}}]),
        httpx.Response(200, json=[SAY, {"custom": {"effect": "say"}}]),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("too long"),
    ],
)
async def test_anything_else_means_that_it_is_not_available(answer: httpx.Response | Exception) -> None:
    rasa = client(answer)
    with pytest.raises(DialogueUnavailable) as raised:
        await rasa.turn("c.1", "mon secret", METADATA)
    assert raised.value.__cause__ is None
    assert "secret" not in str(raised.value)
    await rasa.close()
