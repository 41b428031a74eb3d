"""What the rest of the program sees of the knowledge: frozen records, never database rows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

CertificationKind = Literal["rncp", "rs"]
AccessRoute = Literal["initial", "apprenticeship", "continuing", "professionnalisation", "individual", "vae"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and the day it was checked there."""

    title: str
    url: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Block:
    """A bloc de compétences of a certification."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Certification:
    """One record of the RNCP or of the RS.

    `level` is the French/EQF level 3..8, None where the record has none (most of the RS).
    `rome` holds ROME 4.0 codes; `access` the ways to obtain it; `replaced_by` the codes of its direct successors.
    `summary` and `keywords` are the project's own words and are empty for records that were only imported.
    """

    code: str
    title: str
    kind: CertificationKind
    type: str
    level: int | None
    active: bool
    source: Source
    rome: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    summary: str = ""
    keywords: tuple[str, ...] = ()
    certifiers: tuple[str, ...] = ()
    nsf: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    access: frozenset[AccessRoute] = frozenset()
    blocks: tuple[Block, ...] = ()
    objectives: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A name by which people call a job. `colloquial` ones are the project's own, the others come from ROME."""

    label: str
    rome: str
    colloquial: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job of ROME 4.0 (`rome` = code such as M1203). `parent` is the older ROME code that many RNCP records still
    use."""

    rome: str
    label: str
    domain: str
    parent: str
    titles: tuple[JobTitle, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Notice:
    """A notion explained in two to four plain sentences. `id` is a topic or a scheme of the contract; `simple` says
    it more simply still."""

    id: str
    title: str
    text: str
    simple: str
    aliases: tuple[str, ...]
    sources: tuple[Source, ...]
