"""What understanding returns for one message."""

from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of an entity, with a confidence between 0 and 1 and a label for people."""

    value: str
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A fact found in the text: `text[start:end]` is what the person wrote, `value` its normalised form (see the
    contract of `nlu`)."""

    entity: str
    value: JsonValue
    start: int
    end: int
    role: str | None = None
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class IntentScore:
    """An intent and its calibrated probability."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when the message arrives: the profile field just asked about, the hub (its INSEE code), the
    program's date, and whether the person writes for someone else."""

    today: date
    asked_field: str | None = None
    hub_insee: str | None = None
    for_another: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """One message understood. `ranking` is best first and begins with the best real intent even when `intent` is
    `nlu_fallback`."""

    text: str
    intent: IntentScore
    ranking: tuple[IntentScore, ...]
    entities: tuple[Entity, ...] = ()

    def to_rasa(self) -> dict[str, JsonValue]:
        """The reply of `POST /model/parse`, as Rasa expects it."""
        return {
            "text": self.text,
            "intent": {"name": self.intent.name, "confidence": self.intent.confidence},
            "intent_ranking": [{"name": score.name, "confidence": score.confidence} for score in self.ranking],
            "entities": [_entity_to_rasa(entity) for entity in self.entities],
        }


def _entity_to_rasa(entity: Entity) -> dict[str, JsonValue]:
    out: dict[str, JsonValue] = {
        "entity": entity.entity,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
        "confidence": entity.confidence,
    }
    if entity.role:
        out["role"] = entity.role
    if entity.candidates:
        out["candidates"] = [
            {"value": c.value, "label": c.label, "confidence": c.confidence} for c in entity.candidates
        ]
    return out
