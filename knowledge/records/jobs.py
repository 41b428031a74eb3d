"""Jobs of ROME 4.0, what they need and where they lead."""

from dataclasses import dataclass
from typing import Literal

SkillKind = Literal["know_how", "behaviour", "knowledge"]


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that a job needs. `code` is the OGR number of ROME, or a slug for the project's own wordings."""

    code: str
    label: str
    kind: SkillKind


@dataclass(frozen=True, slots=True)
class Interest:
    """A centre of interest of ROME, by which people who have no idea may begin."""

    code: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A name by which people call a job. `colloquial` ones are the project's own, the others come from ROME."""

    label: str
    rome: str
    colloquial: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job of ROME 4.0 (`rome` = code such as M1203).

    `parent` is the older ROME code that many RNCP records still use. `key_skills` and `other_skills` hold codes of
    skills, the most telling first; `near` and `further` the jobs one can move to, with little or with more training,
    in order; `riasec` one or two letters, the major first; `interests` codes of centres of interest, the principal
    first; `sectors` labels of activity.
    """

    rome: str
    label: str
    domain: str
    parent: str
    titles: tuple[JobTitle, ...] = ()
    definition: str = ""
    key_skills: tuple[str, ...] = ()
    other_skills: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    riasec: str = ""
    interests: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
