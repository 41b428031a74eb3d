"""The assistant is killed in the middle of claims, messages and closes, and starts again: nothing is lost, nothing is
there twice."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.serving import COUNSELLOR, Server, serving

EACH = 5
KILLED_AFTER = 4


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the counsellor does, and does again until it is answered."""

    case: str
    path: str
    body: dict[str, Any] | None = None


class Desk:
    """A counsellor. The cookie outlives the program that gave it."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        credentials = dict(zip(("email", "password"), COUNSELLOR, strict=True))
        self.csrf = self.http.post("/api/session", json=credentials).json()["csrf"]

    def does(self, act: Act) -> int:
        reply = self.http.post(f"/api/cases/{act.case}/{act.path}", json=act.body, headers={"X-CSRF-Token": self.csrf})
        return reply.status_code


def ask_for_a_person(url: str) -> str:
    """Someone asks for a person; the id of their case."""
    with httpx.Client(base_url=url, timeout=30) as http:
        opened = http.post("/api/conversations", json={"channel": "api"}).json()
        headers = {"Authorization": f"Bearer {opened['token']}"}
        path = f"/api/conversations/{opened['id']}"
        said = {"client_id": str(uuid4()), "text": "je veux parler à une personne du hub"}
        http.post(f"{path}/messages", json=said, headers=headers).raise_for_status()
        return str(http.get(path, headers=headers).json()["handover"]["case_id"])


def kill_in_the_middle(server: Server, desk: Desk, acts: Sequence[Act]) -> int:
    """Do all of it at once, and kill the program once a few were answered; how many were."""
    answered: list[int] = []

    def do(act: Act) -> None:
        with suppress(httpx.TransportError):
            answered.append(desk.does(act))
            if len(answered) == KILLED_AFTER:
                server.process.kill()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(do, acts))
    return len(answered)


def test_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    file = tmp_path / "hub.sqlite3"
    with (
        serving(file, HUB_MESSAGES_PER_MINUTE="0") as server,
        httpx.Client(base_url=server.url, timeout=30) as http,
    ):
        desk = Desk(http)
        cases = [ask_for_a_person(server.url) for _ in range(3 * EACH)]
        for case in cases[EACH:]:
            assert desk.does(Act(case, "claim")) == 200
        acts = [
            act
            for claimed, written, closed in zip(cases[:EACH], cases[EACH : 2 * EACH], cases[2 * EACH :], strict=True)
            for act in (
                Act(claimed, "claim"),
                Act(written, "messages", {"text": "Bonjour.", "client_id": str(uuid4())}),
                Act(closed, "close", {"outcome": "informed"}),
            )
        ]
        assert kill_in_the_middle(server, desk, acts) < len(acts)
        server.start_again()
        # A close that was done but not answered is refused the second time.
        assert {desk.does(act) for act in acts} <= {200, 201, 409}
    with closing(sqlite3.connect(file)) as database:
        steps = Counter(database.execute("SELECT case_id, transition FROM case_events"))
        states = dict(database.execute("SELECT id, status FROM cases"))
        written = database.execute("SELECT count(*) FROM messages WHERE author = 'counsellor'").fetchone()[0]
        gaps = database.execute(
            "SELECT count(*) FROM (SELECT 1 FROM messages GROUP BY conversation_id HAVING max(seq) <> count(*))"
        ).fetchone()[0]
    assert set(steps.values()) == {1}
    assert [states[case] for case in cases] == ["claimed"] * (2 * EACH) + ["closed"] * EACH
    assert Counter(step for _, step in steps) == {"open": 3 * EACH, "claim": 3 * EACH, "close": EACH}
    assert (written, gaps) == (EACH, 0)
