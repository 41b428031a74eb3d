"""What a reader found, and which of two overlapping finds stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from nlu.understanding import Candidate, Entity

# Of two finds on the same words, the first named here stays; topics and modalities may share words with others.
_PRIORITY = (
    "email",
    "phone",
    "amount",
    "duration",
    "age",
    "company_size",
    "date",
    "certification",
    "education_level",
    "person_name",
    "status",
    "contract_type",
    "job",
    "topic",
    "modality",
    "disability",
    "location",
    "sector",
)
_RANK = {name: rank for rank, name in enumerate(_PRIORITY)}


@dataclass(frozen=True, slots=True)
class Found:
    """A fact at `[start, end)` of the message."""

    entity: str
    value: JsonValue
    start: int
    end: int
    role: str | None = None
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()

    def as_entity(self) -> Entity:
        """The fact as understanding returns it."""
        return Entity(self.entity, self.value, self.start, self.end, self.role, self.confidence, self.candidates)


def resolve(found: Iterable[Found]) -> tuple[Entity, ...]:
    """The facts that stay, in the order of the message: by priority, then the longer, then the earlier."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (_RANK[f.entity], f.start - f.end, f.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(one.as_entity() for one in sorted(kept, key=lambda f: (f.start, f.end)))
