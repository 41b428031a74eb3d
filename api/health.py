"""Which part of the assistant is up."""

from dataclasses import dataclass, field

from connectors.rasa.process import PartState

PARTS = ("database", "knowledge", "understanding", "dialogue")


@dataclass(slots=True)
class Board:
    """The state of each part, set by whoever runs it."""

    parts: dict[str, PartState] = field(default_factory=lambda: dict.fromkeys(PARTS, "starting"))

    @property
    def ready(self) -> bool:
        """Whether every part is up."""
        return all(state == "up" for state in self.parts.values())
