"""What `hub chat` does of replies that are not answers."""

from collections.abc import Callable

import httpx
import pytest

from api.chat.visitor import NoServer, Refused, Visitor

SAID = {"seq": 4, "author": "bot", "text": "Bonjour.", "kind": "text", "payload": None}


def visitor(reply: Callable[[httpx.Request], httpx.Response]) -> Visitor:
    return Visitor(httpx.Client(transport=httpx.MockTransport(reply), base_url="http://hub.test"), "c", [])


def test_who_writes_too_fast_waits_then_is_answered_once() -> None:
    posted: list[bytes] = []

    def reply(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            posted.append(request.content)
            if len(posted) < 3:
                return httpx.Response(429, headers={"Retry-After": "0"}, json={"error": {"message": "Attendez."}})
        return httpx.Response(200, json={"messages": [SAID]})

    answer = visitor(reply).say("bonjour")
    assert [message.text for message in answer.messages] == ["Bonjour."]
    assert len(posted) == 3
    assert len(set(posted)) == 1


def test_a_refusal_is_told_in_its_words() -> None:
    error = {"error": {"code": "message_too_long", "message": "C'est trop long."}}
    with pytest.raises(Refused) as refused:
        visitor(lambda _: httpx.Response(422, json=error)).say("bonjour")
    assert refused.value.params["said"] == "C'est trop long."


@pytest.mark.parametrize("body", ["<html>", "[]", '{"detail": "?"}'])
def test_what_is_not_an_assistant_is_not_one(body: str) -> None:
    with pytest.raises(NoServer):
        visitor(lambda _: httpx.Response(404, text=body)).say("bonjour")


def test_once_erased_the_last_words_are_heard_and_nothing_is_erased_again() -> None:
    methods: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        methods.append(request.method)
        found = httpx.Response(200, json={"messages": [SAID]})
        return found if request.method == "POST" else httpx.Response(404, json={"error": {"message": "Plus rien."}})

    talker = visitor(reply)
    assert [message.text for message in talker.say("oui").messages] == ["Bonjour."]
    talker.leave(keep=False)
    assert (talker.erased, methods) == (True, ["POST", "GET"])
