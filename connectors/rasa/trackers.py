"""The engine's own store of conversations: what is erased here is erased there too, and what it did can be read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

Event = dict[str, Any]
"""An event of the engine's tracker, as it keeps it: `event` names its kind (`user`, `action`, `slot`, `bot`…)."""


def erase_trackers(store: Path, conversation: str) -> None:
    """Delete all the engine kept of a conversation, in each of its sessions. Nothing to do where the store is not
    there yet."""
    with _opened(store) as connection:
        if connection is None:
            return
        # What is deleted is overwritten, not only marked as free.
        connection.execute(text("PRAGMA secure_delete=ON"))
        connection.execute(text("DELETE FROM events WHERE sender_id LIKE :senders"), {"senders": f"{conversation}.%"})
        connection.commit()
        # Recent writes are beside the file: have them written out, so that erased words are not there.
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def turn_events(store: Path, conversation: str, seq: int) -> list[Event]:
    """What the engine did with the person's message numbered `seq`, in order, from its `user` event on; empty where it
    kept nothing of it."""
    with _opened(store) as connection:
        if connection is None:
            return []
        kept = text("SELECT data FROM events WHERE sender_id LIKE :senders ORDER BY id")
        rows = connection.execute(kept, {"senders": f"{conversation}.%"}).scalars()
        events: list[Event] = [json.loads(row) for row in rows]
    users = [place for place, event in enumerate(events) if event["event"] == "user"]
    begins = next((place for place in reversed(users) if events[place]["metadata"].get("seq") == seq), None)
    if begins is None:
        return []
    ends = next((place for place in users if place > begins), len(events))
    return events[begins:ends]


@contextmanager
def _opened(store: Path) -> Iterator[Connection | None]:
    """A connection to the store; None where it is not there yet."""
    if not store.is_file():
        yield None
        return
    engine = create_engine(f"sqlite:///{store}", connect_args={"timeout": 10}, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection if inspect(connection).has_table("events") else None
