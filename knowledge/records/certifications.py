"""Records of the RNCP and of the RS."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.records.sources import Source

CertificationKind = Literal["rncp", "rs"]
AccessRoute = Literal["initial", "apprenticeship", "continuing", "professionnalisation", "individual", "vae"]


@dataclass(frozen=True, slots=True)
class Block:
    """A bloc de compétences of a certification. `skills` and `assessment` are official texts, maybe empty."""

    code: str
    label: str
    skills: str = ""
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class Certification:
    """One record of the RNCP or of the RS.

    `level` is the French/EQF level 3..8, None where the record has none (most of the RS).
    `rome` holds ROME 4.0 codes; `access` the ways to obtain it; `replaced_by` the codes of its direct successors.
    `summary` and `keywords` are the project's own words and are empty for records that were only imported.
    `activities`, `abilities`, `sectors` and `occupations` are official texts, kept for active records only;
    `agreements` holds the IDCC numbers of the branches that recognise it.
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
    starts_on: date | None = None
    activities: str = ""
    abilities: str = ""
    sectors: str = ""
    occupations: str = ""
    partners: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
