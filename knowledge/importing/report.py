"""What became of one load."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from knowledge.sources.refusals import Refusal

Progress = Callable[[], None]
T = TypeVar("T")


@dataclass(slots=True)
class Report:
    """How many records of `source` were kept, how many of them changed something, and what was refused."""

    source: str
    kept: int = 0
    changed: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def taken(self, records: Iterable[T | Refusal], progress: Progress | None) -> Iterator[T]:
        """The records that are not refused; the others are noted."""
        for record in records:
            if progress:
                progress()
            if isinstance(record, Refusal):
                self.refusals.append(record)
            else:
                yield record

    def refuse_duplicate(self, record: str) -> None:
        """Note a record whose code was already seen: the first one is kept."""
        self.refusals.append(Refusal(self.source, record, "duplicate"))


def digest(facts: object) -> str:
    """A hash of facts, by which a change is seen."""
    return hashlib.sha256(repr(facts).encode("utf-8", "replace")).hexdigest()
