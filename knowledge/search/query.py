"""What is asked of the search, and what it answers."""

from dataclasses import dataclass

from knowledge.records import AccessRoute, Certification, CertificationKind


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for.

    `rome`: jobs to reach, what leads there comes first. `level`, `min_level`, `max_level` and `kind` are strict.
    `access` keeps what can be obtained that way, `codes` what is among them (offered near, say). A condition that
    leaves nothing is relaxed, and the answer says so. `active=False` also shows an expired record to who gives its
    number.
    """

    text: str
    limit: int = 10
    level: int | None = None
    kind: CertificationKind | None = None
    active: bool = True
    rome: tuple[str, ...] = ()
    min_level: int | None = None
    max_level: int | None = None
    access: AccessRoute | None = None
    codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words of a query said: a ROME code, the code of a certification, a level."""

    job: str | None = None
    certification: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A certification found. `score` is comparable inside one answer only; `why` holds French sentences; `guessed`:
    nothing but a likeness of meaning speaks for it."""

    certification: Certification
    score: float
    why: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """`hits`, the best first. When not `confident` they are only what is nearest.

    `relaxed` says, in French, which conditions could not be kept.
    """

    query: str
    understood: Understood
    confident: bool
    hits: tuple[SearchHit, ...]
    relaxed: tuple[str, ...] = ()
