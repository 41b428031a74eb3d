"""What holds for every answer of the public application."""

from collections.abc import AsyncIterator

import httpx
import pytest
from structlog.testing import capture_logs

from api.app import OPENINGS_PER_MINUTE, create_public_app
from api.security import BODY_MAX_BYTES
from api.services import Services
from tests.api.conftest import Person, ScriptedEngine, client_of, error_of, open_conversation, with_settings

JSON_HEADERS = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/", "/api/jobs?q=comptable", "/api/nothing", "/nothing", "/api/conversations/x"])
async def test_security_headers(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path, headers={"Origin": "https://elsewhere.test"})).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/docs", "/redoc", "/openapi.json", "/model/parse", "/webhook", "/metrics", "/health/live", "/static/../app.py"],
)
async def test_nothing_internal_is_public(http: httpx.AsyncClient, path: str) -> None:
    assert error_of(await http.get(path))[0] == 404
    assert error_of(await http.post(path, json={}))[0] in {404, 405}


async def test_a_wrong_method(http: httpx.AsyncClient) -> None:
    assert error_of(await http.put("/api/conversations")) == (405, "method_not_allowed")


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 5000, b"\xff\xfe", b'{"channel": "web", "channel": 3}', b"null"])
async def test_a_body_that_is_not_what_was_expected(http: httpx.AsyncClient, body: bytes) -> None:
    reply = await http.post("/api/conversations", content=body, headers=JSON_HEADERS)
    status, code = error_of(reply)
    assert (status, code) in {(422, "invalid_input"), (400, "invalid_input")}


async def test_a_body_too_large(http: httpx.AsyncClient) -> None:
    large = b'{"channel": "' + b"a" * BODY_MAX_BYTES + b'"}'
    assert error_of(await http.post("/api/conversations", content=large, headers=JSON_HEADERS)) == (413, "too_large")

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 65536):
            yield large[start : start + 65536]

    assert error_of(await http.post("/api/conversations", content=pieces(), headers=JSON_HEADERS)) == (413, "too_large")


async def test_a_body_in_pieces(http: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"channel":'
        yield b' "web"}'

    assert (await http.post("/api/conversations", content=pieces(), headers=JSON_HEADERS)).status_code == 201


async def test_an_unexpected_error_quotes_nobody(person: Person, engine: ScriptedEngine) -> None:
    async def fail(_sender: str, text: str, _metadata: object) -> None:
        raise ValueError(text)

    engine.on_turn = fail
    with capture_logs() as logs:
        reply = await person.post(text="mon secret")
    assert error_of(reply) == (500, "internal_error")
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text
    assert reply.headers["x-content-type-options"] == "nosniff"
    (entry,) = logs
    assert entry["type"] == "ValueError"
    assert "secret" not in str(logs)


class TestLimits:
    async def test_messages_a_minute(self, services: Services) -> None:
        async with client_of(create_public_app(with_settings(services, messages_per_minute=3))) as http:
            person = await open_conversation(http)
            for number in range(3):
                await person.say(f"message {number}")
            reply = await person.post(text="un de trop")
            assert error_of(reply) == (429, "too_many_messages")
            assert 0 < int(reply.headers["retry-after"]) <= 60
            assert "un de trop" not in str(await person.state())
            other = await open_conversation(http)
            assert await other.say("bonjour")

    async def test_conversations_a_minute(self, services: Services) -> None:
        async with client_of(create_public_app(with_settings(services, messages_per_minute=30))) as http:
            for _ in range(OPENINGS_PER_MINUTE):
                await open_conversation(http)
            reply = await http.post("/api/conversations", json={"channel": "web"})
            assert reply.status_code == 429
            assert int(reply.headers["retry-after"]) > 0
