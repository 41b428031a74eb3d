"""Which part of the assistant is up."""

import asyncio
from dataclasses import dataclass, field
from typing import Final, Literal

from connectors.rasa.process import PartState

# `degraded`: search goes on by words alone.
State = PartState | Literal["degraded"]
PARTS: Final = ("database", "knowledge", "search", "understanding", "dialogue")


@dataclass(slots=True)
class Board:
    """The state of each part, told by whoever runs it."""

    parts: dict[str, State] = field(default_factory=lambda: dict.fromkeys(PARTS, "starting"))
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ready(self) -> bool:
        """Whether every part serves."""
        return all(state in {"up", "degraded"} for state in self.parts.values())

    def tell(self, **states: State) -> None:
        """Note the state of parts, by name."""
        self.parts.update(states)
        if self.ready:
            self._ready.set()

    async def until_ready(self) -> None:
        """Wait until every part has served at once."""
        await self._ready.wait()
