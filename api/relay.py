"""Live events among processes: each carries its own to a Redis, and wakes its watchers when another has some."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Final
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.live import Broker, Watcher, watching

_CHANNEL = "hub:live:"
# Nobody publishes there: it keeps the connection open while nothing is watched.
_NOTHING = "hub:live"
_SUBSCRIBE: Final = None
_WAIT_SECONDS, _AGAIN_SECONDS, _CANCEL_SECONDS = 5.0, 1.0, 0.2
_log = structlog.get_logger("relay")


class SharedBroker(Broker):
    """A broker whose topics are those of all the processes of one Redis. A topic is a channel, to which a process
    subscribes while someone watches it there: so Redis itself knows what is watched, and forgets a process that ends.

    While Redis cannot be reached, the watchers of this process are woken as before; when it is back, all are woken,
    and read what they missed. `run` carries.
    """

    def __init__(self, redis: Redis) -> None:
        super().__init__()
        self._redis = redis
        self._channels = redis.pubsub()
        self._connecting = asyncio.Lock()
        self._name = uuid4().hex
        self._to_do: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, topic: str) -> None:
        """Wake all that watch `topic`, in any process."""
        super().publish(topic)
        self._soon(topic)

    async def is_watched(self, topic: str) -> bool:
        """Whether anyone watches `topic` now, in any process."""
        if await super().is_watched(topic):
            return True
        try:
            counts = dict(await self._redis.pubsub_numsub(_CHANNEL + topic))
        except RedisError:
            return False
        return any(counts.values())

    async def run(self) -> None:
        """Carry events both ways, until cancelled."""
        self._loop = asyncio.get_running_loop()
        both = {asyncio.create_task(self._send()), asyncio.create_task(self._receive())}
        try:
            ended, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            await _end(both)

    @contextmanager
    def _watching(self, topics: Collection[str]) -> Iterator[Watcher]:
        try:
            with super()._watching(topics) as watcher:
                self._soon(_SUBSCRIBE)
                yield watcher
        finally:
            self._soon(_SUBSCRIBE)

    def _soon(self, what: str | None) -> None:
        """Have a topic told, or the subscriptions made what they should be. From any thread."""
        if self._loop is not None and not self._closed:
            self._loop.call_soon_threadsafe(self._to_do.put_nowait, what)

    async def _send(self) -> None:
        while True:
            topic = await self._to_do.get()
            with suppress(RedisError):  # `_receive` meets it too, and makes up for it
                if topic is _SUBSCRIBE:
                    await self._subscribe()
                else:
                    await self._redis.publish(_CHANNEL + topic, self._name)

    async def _subscribe(self) -> None:
        async with self._connecting:  # two at once would each open a connection
            wanted = {_CHANNEL + topic for topic in self._watchers} | {_NOTHING}
            there = set(self._channels.channels) - self._channels.pending_unsubscribe_channels
            if new := wanted - there:
                await self._channels.subscribe(*new)
            if old := there - wanted:
                await self._channels.unsubscribe(*old)

    async def _receive(self) -> None:
        while True:
            self._channels = self._redis.pubsub()
            async with self._channels:
                try:
                    await self._subscribe()
                    await self._listen()
                except RedisError as error:
                    _log.warning("redis_unreachable", error=type(error).__name__)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _listen(self) -> None:
        while True:
            message = await self._channels.get_message(timeout=_WAIT_SECONDS)
            if message is not None:
                self._hear(message["type"], message["channel"].removeprefix(_CHANNEL), message["data"])

    def _hear(self, kind: str, topic: str, data: object) -> None:
        """A message of another process, or Redis confirming a subscription: what came before it may have been missed,
        and only now do the others see that someone watches."""
        if kind == "subscribe" or (kind == "message" and data != self._name):
            super().publish(topic)
        if kind in {"subscribe", "unsubscribe"}:
            self._soon(watching(topic))


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel the tasks until they have ended: what waits for a reply of Redis may take a cancellation for a failure of
    the connection, and go on."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=_CANCEL_SECONDS)
