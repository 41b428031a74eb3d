"""How often one conversation, or one address, may ask."""

import math
import time
from collections import deque
from typing import Protocol

from knowledge.errors import HubError

WINDOW_SECONDS = 60.0
_MOST_KEYS = 20_000


class TooManyMessages(HubError):
    """More messages in a minute than the setting allows. `retry_after` is in seconds."""

    code = "too_many_messages"
    status = 429


class Calls(Protocol):
    """Where calls are remembered, for a minute."""

    async def count(self, key: str, most: int) -> int:
        """Count a call of `key`, unless there were `most` in the last minute: then, in how many seconds one may come
        again. 0 when it was counted."""
        ...


class RateLimit:
    """At most `per_minute` calls of `check` in any minute for one key; 0 is no limit."""

    def __init__(self, per_minute: int, calls: Calls) -> None:
        self._per_minute = per_minute
        self._calls = calls

    async def check(self, key: str) -> None:
        """Count a call. Raises TooManyMessages, which says when to come back."""
        if self._per_minute and (seconds := await self._calls.count(key, self._per_minute)):
            raise TooManyMessages(retry_after=seconds)


class OwnCalls:
    """Those of this process."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[float]] = {}

    async def count(self, key: str, most: int) -> int:
        """See `Calls`."""
        now = time.monotonic()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - WINDOW_SECONDS:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + WINDOW_SECONDS - now))
        calls.append(now)
        if len(self._calls) > _MOST_KEYS:
            self._calls = {k: c for k, c in self._calls.items() if c and c[-1] > now - WINDOW_SECONDS}
        return 0
