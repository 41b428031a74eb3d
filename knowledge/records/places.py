"""Communes and hubs."""

from dataclasses import dataclass

from knowledge.records.sources import Source


@dataclass(frozen=True, slots=True)
class Commune:
    """A French commune. Coordinates in degrees (WGS 84), None where unknown; population in inhabitants."""

    insee: str
    name: str
    postcodes: tuple[str, ...]
    department: str
    region: str
    population: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Hub:
    """A Hub des compétences. What its team has not published yet is None."""

    id: str
    town: str
    insee: str
    address: str | None = None
    opening_hours: str | None = None
    phone: str | None = None
    email: str | None = None
    source: Source | None = None
