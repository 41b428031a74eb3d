"""What the page of a counsellor is told live."""

from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent

from api.accounts.presence import keep_present
from api.accounts.sessions import is_signed_in
from api.conversations.routes import HEARTBEAT_SECONDS
from api.live import CASES, watching, writing
from api.services import Services


async def desk_events(services: Services, token: str, conversation_id: str | None) -> AsyncIterator[ServerSentEvent]:
    """`cases` when the queue or a conversation of it changes; of the conversation that is looked at, `person` when
    they come to their page or leave it, `writing` while they write. Until the session of `token` ends."""
    watched = [watching(conversation_id)] if conversation_id else []
    signals = [writing(conversation_id, "person")] if conversation_id else []
    async for changed in services.broker.news([CASES, *watched], HEARTBEAT_SECONDS, signals):
        now = services.clock.now()
        async with services.sessions() as session, session.begin():
            if not await is_signed_in(session, token, now):
                return
            await keep_present(session, token, now)
        if CASES in changed:
            yield ServerSentEvent(event="cases", data="{}")
        if conversation_id and changed & set(watched):
            is_there = "true" if await services.broker.is_watched(conversation_id) else "false"
            yield ServerSentEvent(event="person", data=f'{{"present": {is_there}}}')
        if changed & set(signals):
            yield ServerSentEvent(event="writing", data="{}")
        if not changed:
            yield ServerSentEvent(comment="…")
