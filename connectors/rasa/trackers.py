"""The engine's own store of conversations: what is erased here is erased there too."""

from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool


def erase_trackers(store: Path, conversation: str) -> None:
    """Delete all the engine kept of a conversation, in each of its sessions. Nothing to do where the store is not
    there yet."""
    if not store.is_file():
        return
    engine = create_engine(f"sqlite:///{store}", connect_args={"timeout": 10}, poolclass=NullPool)
    with engine.begin() as connection:
        if not inspect(connection).has_table("events"):
            return
        # What is deleted is overwritten, not only marked as free.
        connection.execute(text("PRAGMA secure_delete=ON"))
        connection.execute(text("DELETE FROM events WHERE sender_id LIKE :senders"), {"senders": f"{conversation}.%"})
