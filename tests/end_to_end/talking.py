"""A person at the chat, over the public HTTP interface."""

import uuid
from typing import Any, Self

import httpx

Message = dict[str, Any]


class Visitor:
    """One conversation, opened at once. Messages are the contract's, as dictionaries."""

    def __init__(self, url: str, channel: str = "web", hub: str | None = None) -> None:
        self.http = httpx.Client(base_url=url, timeout=30)
        opened = self.http.post("/api/conversations", json={"channel": channel} | ({"hub": hub} if hub else {}))
        assert opened.status_code == 201, opened.text
        body = opened.json()
        self.path = f"/api/conversations/{body['id']}"
        self.welcome: list[Message] = body["messages"]
        self.http.headers["Authorization"] = f"Bearer {body['token']}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def say(self, text: str) -> list[Message]:
        """Write `text`; what the assistant answers."""
        return self._post({"text": text})

    def choose(self, label: str, among: list[Message]) -> list[Message]:
        """Touch the button whose label begins with `label`."""
        choices = [choice for message in among for choice in (message["payload"] or {}).get("choices", [])]
        found = next(choice["id"] for choice in choices if choice["label"].startswith(label))
        return self._post({"choice": found})

    def state(self) -> dict[str, Any]:
        """The conversation as it stands."""
        reply = self.http.get(self.path)
        assert reply.status_code == 200, reply.text
        state: dict[str, Any] = reply.json()
        return state

    def _post(self, body: dict[str, str]) -> list[Message]:
        reply = self.http.post(f"{self.path}/messages", json={"client_id": str(uuid.uuid4()), **body})
        assert reply.status_code == 200, reply.text
        messages: list[Message] = reply.json()["messages"]
        return messages


def kinds(messages: list[Message]) -> list[str]:
    """The kinds of these messages, in order."""
    return [message["kind"] for message in messages]


def text(messages: list[Message]) -> str:
    """All that these messages say."""
    return "\n".join(message["text"] for message in messages)


def asked(messages: list[Message]) -> list[str]:
    """The profile fields asked for."""
    return [
        message["payload"]["field"]
        for message in messages
        if message["kind"] == "question" and message["payload"]["field"]
    ]
