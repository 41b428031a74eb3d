"""Live events: who watches a topic is woken when it changes, then reads the database. Nothing is held here that a
restart loses."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Literal

CASES: Final = "cases"

Side = Literal["person", "counsellor"]


def watching(topic: str) -> str:
    """The topic that changes when someone begins or ceases to watch `topic`."""
    return f"{topic}/watching"


def writing(conversation_id: str, side: Side) -> str:
    """The topic that changes while one side of a conversation is writing to the other."""
    return f"{conversation_id}/writing/{side}"


class Broker:
    """Wakes watchers of a topic (a conversation's id, or `CASES`). Events carry no content, so none can be lost or
    doubled."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._closed = False

    def publish(self, topic: str) -> None:
        """Wake all that watch `topic`. Call it once the change is committed."""
        for watcher in self._watchers.get(topic, ()):
            watcher.wake(topic)

    async def is_watched(self, topic: str) -> bool:
        """Whether anyone watches `topic` now."""
        return bool(self._watchers.get(topic))

    async def run(self) -> None:
        """What a broker does all along: nothing, where all who watch are in this process."""

    def close(self) -> None:
        """End all watching: the program stops."""
        self._closed = True
        for topic in list(self._watchers):
            self.publish(topic)

    async def changes(self, topic: str, heartbeat: float) -> AsyncIterator[bool]:
        """True at once, then True at each change, and False after `heartbeat` seconds without one; until `close`."""
        async for changed in self.news((topic,), heartbeat):
            yield bool(changed)

    async def news(
        self, topics: Collection[str], heartbeat: float, signals: Collection[str] = ()
    ) -> AsyncIterator[frozenset[str]]:
        """All `topics` at once, then those that change, and none after `heartbeat` seconds without a change; until
        `close`. `signals` are topics that only matter as they change."""
        with self._watching((*topics, *signals)) as watcher:
            yield frozenset(topics)
            while not self._closed:
                changed = await watcher.changed(heartbeat)
                yield frozenset() if self._closed else changed

    @contextmanager
    def _watching(self, topics: Collection[str]) -> Iterator["Watcher"]:
        watcher = Watcher()
        for topic in topics:
            self._watchers[topic].add(watcher)
            self.publish(watching(topic))
        try:
            yield watcher
        finally:
            for topic in topics:
                self._watchers[topic].discard(watcher)
                if not self._watchers[topic]:
                    del self._watchers[topic]
                self.publish(watching(topic))


class Watcher:
    """Someone who waits for some topics to change."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._changed: set[str] = set()
        self._loop = asyncio.get_running_loop()

    def wake(self, topic: str) -> None:
        """`topic` has changed. From any thread: what is done after a reply may run in one."""
        self._loop.call_soon_threadsafe(self._note, topic)

    def _note(self, topic: str) -> None:
        self._changed.add(topic)
        self._woken.set()

    async def changed(self, seconds: float) -> frozenset[str]:
        """What has changed since the last call, as soon as something has; nothing after some seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        found = frozenset(self._changed)
        self._changed.clear()
        self._woken.clear()
        return found
