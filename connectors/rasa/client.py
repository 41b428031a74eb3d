"""The dialogue engine, spoken to over its REST channel on loopback."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import httpx
from pydantic import ValidationError

from bot.messages import EFFECT, Effect
from bot.turn import TurnMetadata
from knowledge.errors import Unavailable

TURN_SECONDS = 15.0


class DialogueUnavailable(Unavailable):
    """The dialogue engine did not answer, or not as agreed."""

    code = "dialogue_unavailable"


class DialogueEngine(Protocol):
    """What the application needs of a dialogue engine."""

    async def turn(self, sender: str, text: str, metadata: TurnMetadata) -> Sequence[Effect]:
        """The effects of one message of the person. Raises DialogueUnavailable."""
        ...

    async def close(self) -> None:
        """Let go of the engine."""
        ...


@dataclass(frozen=True, slots=True)
class RasaClient:
    """Rasa behind `http`, whose base URL is that of the server."""

    http: httpx.AsyncClient

    async def turn(self, sender: str, text: str, metadata: TurnMetadata) -> Sequence[Effect]:
        """Post the message; read back the effects that the actions returned. Raises DialogueUnavailable."""
        body = {"sender": sender, "message": text, "metadata": metadata.model_dump(mode="json")}
        try:
            reply = await self.http.post("/webhooks/rest/webhook", json=body, timeout=TURN_SECONDS)
            reply.raise_for_status()
            return [EFFECT.validate_python(message["custom"]) for message in reply.json()]
        except (httpx.HTTPError, ValidationError, ValueError, KeyError, TypeError):
            # The cause may quote what the person wrote: it is not carried on.
            raise DialogueUnavailable from None

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()
