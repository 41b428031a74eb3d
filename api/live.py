"""Live events: who watches a topic is woken when it changes, then reads the database. Nothing is held here that a
restart loses."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

CASES: Final = "cases"


class Broker:
    """Wakes watchers of a topic (a conversation's id, or `CASES`). Events carry no content, so none can be lost or
    doubled."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    def publish(self, topic: str) -> None:
        """Wake all that watch `topic`. Call it once the change is committed."""
        for watcher in self._watchers.get(topic, ()):
            watcher.set()

    def is_watched(self, topic: str) -> bool:
        """Whether anyone watches `topic` now."""
        return bool(self._watchers.get(topic))

    def close(self) -> None:
        """End all watching: the program stops."""
        self._closed = True
        for topic in list(self._watchers):
            self.publish(topic)

    async def changes(self, topic: str, heartbeat: float) -> AsyncIterator[bool]:
        """True at once, then True at each change, and False after `heartbeat` seconds without one; until `close`."""
        with self._watching(topic) as watcher:
            yield True
            while not self._closed:
                try:
                    await asyncio.wait_for(watcher.wait(), heartbeat)
                except TimeoutError:
                    yield False
                else:
                    watcher.clear()
                    yield not self._closed

    @contextmanager
    def _watching(self, topic: str) -> Iterator[asyncio.Event]:
        watcher = asyncio.Event()
        self._watchers[topic].add(watcher)
        try:
            yield watcher
        finally:
            self._watchers[topic].discard(watcher)
            if not self._watchers[topic]:
                del self._watchers[topic]
