"""The turns that wait for the dialogue engine, which calls back into this process to understand and to act.

What those calls need was read from the database when the turn began, and cannot change before it ends: it is kept
here instead of being read again at each call.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.messages import ChoiceMeaning
from knowledge.records import Hub
from nlu.understanding import Context


@dataclass(frozen=True, slots=True)
class TurnGoingOn:
    """The message `text`, in what context it is understood, what it means where a choice was touched, and the hubs as
    their teams published them."""

    text: str
    context: Context
    meaning: ChoiceMeaning | None
    hubs: Mapping[str, Hub]


@dataclass(frozen=True, slots=True)
class TurnsGoingOn:
    """The turns that go on now, by the name under which the engine knows them (its `sender`)."""

    _turns: dict[str, TurnGoingOn] = field(default_factory=dict)

    @contextmanager
    def during(self, sender: str, turn: TurnGoingOn) -> Iterator[None]:
        """Have `of` find the turn until the block ends."""
        self._turns[sender] = turn
        try:
            yield
        finally:
            self._turns.pop(sender, None)

    def of(self, sender: str | None) -> TurnGoingOn | None:
        """The turn of this sender, if one goes on."""
        return self._turns.get(sender or "")
