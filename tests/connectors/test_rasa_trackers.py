"""The engine's own store, read and erased."""

import json
import sqlite3
from pathlib import Path

import pytest

from connectors.rasa.trackers import erase_trackers, turn_events


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two sessions of one conversation, and another conversation."""
    file = tmp_path / "trackers.sqlite3"
    rows = [
        ("a.1", {"event": "user", "metadata": {"seq": 3}, "text": "un"}),
        ("a.1", {"event": "action", "name": "action_answer"}),
        ("b.1", {"event": "user", "metadata": {"seq": 3}, "text": "autre"}),
        ("a.2", {"event": "user", "metadata": {"seq": 5}, "text": "deux"}),
        ("a.2", {"event": "slot", "name": "age", "value": 40}),
        ("a.2", {"event": "user", "metadata": {}, "text": "sans numéro"}),
    ]
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        connection.executemany(
            "INSERT INTO events (sender_id, data) VALUES (?, ?)", [(sender, json.dumps(data)) for sender, data in rows]
        )
    connection.close()
    return file


@pytest.mark.parametrize(
    ("conversation", "seq", "kinds"),
    [
        ("a", 3, ["user", "action"]),
        ("a", 5, ["user", "slot"]),
        ("b", 3, ["user"]),
        ("a", 4, []),
        ("c", 3, []),
    ],
)
def test_a_turn_is_what_follows_its_message_until_the_next(
    store: Path, conversation: str, seq: int, kinds: list[str]
) -> None:
    assert [event["event"] for event in turn_events(store, conversation, seq)] == kinds


def test_an_erased_conversation_leaves_nothing_and_others_stay(store: Path) -> None:
    erase_trackers(store, "a")
    assert turn_events(store, "a", 3) == []
    assert len(turn_events(store, "b", 3)) == 1


def test_what_was_just_written_is_not_left_beside_the_file(store: Path) -> None:
    engine_writes = sqlite3.connect(store)
    with engine_writes:
        engine_writes.execute("INSERT INTO events (sender_id, data) VALUES ('a.3', '{\"text\": \"un secret\"}')")
    assert any(b"un secret" in file.read_bytes() for file in store.parent.iterdir())
    erase_trackers(store, "a")
    assert not any(b"un secret" in file.read_bytes() for file in store.parent.iterdir())
    engine_writes.close()


def test_a_store_not_there_yet_holds_nothing(tmp_path: Path) -> None:
    erase_trackers(tmp_path / "none.sqlite3", "a")
    (tmp_path / "empty.sqlite3").touch()
    for name in ("none.sqlite3", "empty.sqlite3"):
        assert turn_events(tmp_path / name, "a", 3) == []
