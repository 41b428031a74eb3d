"""How often one conversation, or one address, may ask."""

import math
import time
from collections import deque

from knowledge.errors import HubError

_WINDOW_SECONDS = 60.0
_MOST_KEYS = 20_000


class TooManyMessages(HubError):
    """More messages in a minute than the setting allows. `retry_after` is in seconds."""

    code = "too_many_messages"
    status = 429


class RateLimit:
    """At most `per_minute` calls of `check` in any minute for one key; 0 is no limit."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._calls: dict[str, deque[float]] = {}

    def check(self, key: str) -> None:
        """Count a call. Raises TooManyMessages, which says when to come back."""
        if not self._per_minute:
            return
        now = time.monotonic()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - _WINDOW_SECONDS:
            calls.popleft()
        if len(calls) >= self._per_minute:
            raise TooManyMessages(retry_after=max(1, math.ceil(calls[0] + _WINDOW_SECONDS - now)))
        calls.append(now)
        if len(self._calls) > _MOST_KEYS:
            self._calls = {k: c for k, c in self._calls.items() if c and c[-1] > now - _WINDOW_SECONDS}
