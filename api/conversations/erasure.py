"""Erasing a conversation everywhere it is kept."""

import asyncio

from api.conversations import store
from api.live import CASES
from api.services import Services, rasa_settings
from connectors.rasa.trackers import erase_trackers


async def erase_everywhere(services: Services, conversation_id: str) -> None:
    """Delete a conversation, its messages and its cases here, and all that the dialogue engine kept of it. The turn
    that may be going on is over (`turn_lock`)."""
    async with services.sessions() as session, session.begin():
        await store.erase(session, conversation_id)
    await asyncio.to_thread(erase_trackers, rasa_settings(services.settings).trackers, conversation_id)
    services.broker.publish(conversation_id)
    services.broker.publish(CASES)
