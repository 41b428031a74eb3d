"""What the choice of a route looks at of a person. None is «not known», never «no»."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class RouteProfile:
    """Fields of the profile by their name in the contract; levels 0 (none), 3 to 8; durations in months."""

    status: str | None = None
    age: int | None = None
    education_level: int | None = None
    location: str | None = None
    current_job: str | None = None
    project: str | None = None
    modality: frozenset[str] = frozenset()
    on_working_time: bool | None = None
    experience_months: int | None = None
    seniority_months: int | None = None
    registered_france_travail: bool | None = None
    disability: bool | None = None

    @classmethod
    def of(cls, profile: Mapping[str, Any]) -> Self:
        """From a profile of the contract, whose values were checked; other fields are left aside."""
        known = {field.name: profile[field.name] for field in fields(cls) if profile.get(field.name) is not None}
        known["modality"] = frozenset(known.get("modality", ()))
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Target:
    """A job (ROME code), a certification (number), or both."""

    job: str | None = None
    certification: str | None = None
