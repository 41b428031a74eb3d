"""One turn at a time in a conversation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def turn_lock(conversation_id: str) -> AsyncIterator[None]:
    """Wait for the turn that is going on in this conversation, and keep others waiting.

    No transaction is held meanwhile, because the dialogue engine calls back into this process.
    """
    lock = _locks.setdefault(conversation_id, asyncio.Lock())
    async with lock:
        yield
