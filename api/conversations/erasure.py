"""Erasing a conversation everywhere it is kept."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from api.conversations import store
from api.layout import rasa_settings
from api.live import CASES
from api.notifications import outbox
from api.services import Services
from connectors.rasa.trackers import erase_trackers


async def erase_everywhere(services: Services, conversation_id: str) -> None:
    """Delete a conversation, its messages, its cases and their summaries, what was to be sent about it, and all that
    the dialogue engine kept of it. The turn that may be going on is over (`turn_lock`)."""
    async with services.sessions() as session, session.begin():
        await store.erase(session, conversation_id)
        await outbox.forget(session, conversation_id)
    services.summaries.forget(conversation_id)
    await _scrub(services.engine)
    await asyncio.to_thread(erase_trackers, rasa_settings(services.settings).trackers, conversation_id)
    services.broker.publish(conversation_id)
    services.broker.publish(CASES)


async def _scrub(engine: AsyncEngine) -> None:
    """Where SQLite keeps recent writes beside its file, have them written out, so that erased words are not there."""
    if engine.dialect.name != "sqlite":
        return
    async with engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
