"""One turn at a time in a conversation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from weakref import WeakValueDictionary

from api.services import Services
from api.shared import shared_turn

_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def turn_lock(services: Services, conversation_id: str) -> AsyncIterator[None]:
    """Wait for the turn that is going on in this conversation, and keep others waiting; in all the processes of one
    Redis, where there is one.

    No transaction is held meanwhile, because the dialogue engine calls back into this process.
    """
    lock = _locks.setdefault(conversation_id, asyncio.Lock())
    async with lock, shared_turn(services.redis, conversation_id) if services.redis else nullcontext():
        yield
