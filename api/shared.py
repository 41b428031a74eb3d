"""What processes that share a Redis hold in common, beside live events (`api.relay`): calls counted for limits, and
turns taken one at a time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from api.limits import WINDOW_SECONDS, Calls

# Longer than a turn ever lasts: a process that ended in the middle of one lets go after it.
_TURN_SECONDS = 120
_CONNECT_SECONDS = 2
# The calls of a key as a sorted set, by Redis' own clock; the answer is how long to wait, in milliseconds.
_COUNT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then
  return redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] + window - now
end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], window)
return 0
"""
_log = structlog.get_logger("shared")


def connect(url: str) -> Redis:
    """A client that gives up soon: nobody waits for a Redis that is not there."""
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=_CONNECT_SECONDS,
        socket_timeout=_CONNECT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


class SharedCalls:
    """Calls of all the processes of one Redis (`api.limits.Calls`); of this one alone while it cannot be reached."""

    def __init__(self, redis: Redis, name: str, own: Calls) -> None:
        self._count = redis.register_script(_COUNT)
        self._name = name
        self._own = own

    async def count(self, key: str, most: int) -> int:
        """See `Calls`."""
        try:
            wait = await self._count([f"hub:calls:{self._name}:{key}"], [most, int(WINDOW_SECONDS * 1000), uuid4().hex])
        except RedisError as error:
            _log.warning("redis_unreachable", error=type(error).__name__)
            return await self._own.count(key, most)
        return -(-int(wait) // 1000)


@asynccontextmanager
async def shared_turn(redis: Redis, conversation_id: str) -> AsyncIterator[None]:
    """Wait for the turn of this conversation that goes on in any process; not while Redis cannot be reached."""
    lock = redis.lock(f"hub:turn:{conversation_id}", timeout=_TURN_SECONDS)
    try:
        await lock.acquire()
    except RedisError as error:
        _log.warning("redis_unreachable", error=type(error).__name__)
    try:
        yield
    finally:
        with suppress(RedisError):
            await lock.release()
