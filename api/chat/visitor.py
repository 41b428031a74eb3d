"""A person who chats over the public HTTP interface, as a page does."""

import time
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx

from api.chat.messages import Choice, Message
from knowledge.errors import HubError, Unavailable

_TURN_SECONDS = 30.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class NoServer(Unavailable):
    """No assistant answers there. Parameter: `url`."""

    code = "no_server"


class Refused(HubError):
    """The assistant refused a request. Parameter: `said`, its French sentence."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to `words`, in how many milliseconds from the request sent to the reply read."""

    words: str
    touched: bool
    messages: list[Message]
    milliseconds: float


@dataclass(slots=True)
class Visitor:
    """One open conversation. `offered` holds the choices of the last answer; `seen` is the number of the last message
    read; `said_seq` that of the person's last message."""

    http: httpx.Client
    id: str
    welcome: list[Message]
    offered: list[Choice] = field(default_factory=list)
    seen: int = 0
    said_seq: int = 0
    erased: bool = False

    @classmethod
    def open(cls, url: str, hub: str | None) -> Self:
        """Open a conversation at `url`. Raises NoServer, Refused (an unknown hub)."""
        try:
            # Loopback is never reached through a proxy.
            trust = httpx.URL(url).host not in _LOOPBACK
            http = httpx.Client(base_url=url, timeout=_TURN_SECONDS, trust_env=trust)
        except httpx.InvalidURL:
            raise NoServer(url=url) from None
        opened = _sent(http, "POST", "/api/conversations", {"channel": "web"} | ({"hub": hub} if hub else {}))
        http.headers["Authorization"] = f"Bearer {opened['token']}"
        visitor = cls(http, opened["id"], [])
        visitor.welcome = visitor._read(opened["messages"])
        return visitor

    def say(self, text: str) -> Answer:
        """Write `text`. Raises Refused, NoServer."""
        return self._post(text, {"text": text})

    def choose(self, choice: Choice) -> Answer:
        """Touch a button. Raises Refused, NoServer."""
        return self._post(choice.label, {"choice": choice.id})

    def news(self) -> list[Message]:
        """What others wrote since the last message read: a counsellor may write at any time. Raises NoServer."""
        try:
            messages = _sent(self.http, "GET", self._path)["messages"]
        except Refused:
            self.erased = True
            return []
        return self._read(messages)

    def state(self) -> dict[str, Any]:
        """The conversation as it stands. Raises Refused once it is erased, NoServer."""
        return _sent(self.http, "GET", self._path)

    def summary(self) -> dict[str, Any]:
        """What a counsellor reads of it. Raises Refused, NoServer."""
        return _sent(self.http, "GET", f"{self._path}/summary?reader=counsellor")

    def leave(self, keep: bool) -> None:
        """End the conversation, and erase it everywhere unless it is to be kept."""
        try:
            if not keep and not self.erased:
                _sent(self.http, "DELETE", self._path)
        finally:
            self.http.close()

    @property
    def _path(self) -> str:
        return f"/api/conversations/{self.id}"

    def _post(self, words: str, body: dict[str, str]) -> Answer:
        began = time.perf_counter()
        reply = _sent(self.http, "POST", f"{self._path}/messages", {"client_id": str(uuid4()), **body})
        milliseconds = (time.perf_counter() - began) * 1000
        last_words = [Message.model_validate(message) for message in reply["messages"]]
        messages = self.news()
        return Answer(words, "choice" in body, last_words if self.erased else messages, milliseconds)

    def _read(self, messages: list[dict[str, Any]]) -> list[Message]:
        read = [Message.model_validate(message) for message in messages]
        new = [message for message in read if message.seq > self.seen and message.author != "person"]
        self.seen = max((message.seq for message in read), default=self.seen)
        self.said_seq = max((message.seq for message in read if message.author == "person"), default=self.said_seq)
        if new:
            self.offered = [choice for message in new for choice in message.choices]
        return new


def _sent(http: httpx.Client, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
    """The reply's JSON. Who writes too fast waits, as asked."""
    try:
        reply = http.request(method, path, json=body)
        while reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
            time.sleep(float(reply.headers["Retry-After"]))
            reply = http.request(method, path, json=body)
    except httpx.TransportError:
        raise NoServer(url=str(http.base_url)) from None
    if reply.status_code == httpx.codes.NO_CONTENT:
        return {}
    try:
        read: dict[str, Any] = reply.json()
        if reply.is_error:
            raise Refused(said=read["error"]["message"])
    except (ValueError, KeyError, TypeError):
        raise NoServer(url=str(http.base_url)) from None
    return read
