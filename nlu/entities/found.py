"""What a reader found, and which of two overlapping finds stays."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from nlu.entities.text import Folded
from nlu.understanding import Candidate, Entity

# Of two finds on the same words, the first named here stays.
_PRIORITY = (
    "email",
    "phone",
    "certification",
    "education_level",
    "amount",
    "duration",
    "age",
    "company_size",
    "date",
    "person_name",
    "disability",
    "topic",
    "status",
    "contract_type",
    "job",
    "modality",
    "location",
    "sector",
)
_RANK = {name: rank for rank, name in enumerate(_PRIORITY)}


@dataclass(frozen=True, slots=True)
class Found:
    """A fact at `[start, end)` of the folded message. `weight` moves it before (negative) or behind its kind."""

    entity: str
    value: JsonValue
    start: int
    end: int
    role: str | None = None
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    weight: int = 0

    def as_entity(self, message: Folded) -> Entity:
        """The fact with its place in what the person wrote."""
        start, end = message.span(self.start, self.end)
        return Entity(self.entity, self.value, start, end, self.role, self.confidence, self.candidates)

    def overlaps(self, other: "Found") -> bool:
        """Whether the two stand on common words."""
        return self.start < other.end and other.start < self.end


def resolve(found: Iterable[Found]) -> list[Found]:
    """The facts that stay, in the order of the message: by kind, then the longer, then the earlier.

    Two modalities may come from the same words: «sans arrêter de travailler» is evening and part-time.
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (_RANK[f.entity] + f.weight, f.start - f.end, f.start, str(f.value))):
        if not any(one.overlaps(other) and not _may_share(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))


def _may_share(one: Found, other: Found) -> bool:
    same = (one.start, one.end) == (other.start, other.end)
    return same and one.entity == other.entity == "modality" and one.value != other.value
