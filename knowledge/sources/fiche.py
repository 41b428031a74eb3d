"""One fiche of the RNCP or of the RS as read from an official file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.records import Certification


@dataclass(frozen=True, slots=True)
class LongTexts:
    """Texts that are kept in the database only. `skills` and `assessments` go by the code of their block."""

    activities: str = ""
    abilities: str = ""
    sectors: str = ""
    job_types: str = ""
    skills: Mapping[str, str] = field(default_factory=dict)
    assessments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fiche:
    """The certification, its ROME codes as the fiche gives them, and its long texts."""

    certification: Certification
    texts: LongTexts = field(default_factory=LongTexts)
