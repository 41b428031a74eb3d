"""Which certification a route goes through."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.pathways.profile import RouteProfile, Target
from knowledge.records import Certification, Job
from knowledge.search.engine import SearchEngine, SearchQuery

# The level from which people enter a certification in general: usage of the training centres, not a rule of law.
USUAL_ENTRY = {3: 0, 4: 3, 5: 4, 6: 5, 7: 6, 8: 7}
_LEVEL_WITHOUT_DIPLOMA = 3
_ONE_STEP_UP = 1
_LOOKED_AT = 40
_PLACES_PER_LEVEL, _PLACES_FOR_THE_CNAM = 3, 2


@dataclass(frozen=True, slots=True)
class Candidates:
    """Active certifications that lead to the aim, by what they are for. `aimed` is the one a person would think of;
    `lower` one that they can enter now when that one is too far; `short` one of the RS."""

    aimed: Certification | None = None
    lower: Certification | None = None
    short: Certification | None = None


def candidates(profile: RouteProfile, target: Target, catalogue: Catalogue, search: SearchEngine) -> Candidates:
    """The certifications to build routes on."""
    given = _given(target, catalogue)
    job = catalogue.jobs.get(target.job or (given.rome[0] if given and given.rome else ""))
    leading = _leading(job, search) if job else []
    rncp = [record for record in leading if record.kind == "rncp" and record.level]
    held = profile.education_level
    aimed = given or _best(rncp, held)
    lower = None
    if aimed and is_far(aimed, held):
        lower = _best([record for record in rncp if not is_far(record, held)], held)
    short = next((record for record in leading if record.kind == "rs"), None)
    return Candidates(aimed, lower if lower != aimed else None, short if short != aimed else None)


def is_far(record: Certification, held: int | None) -> bool:
    """Whether the usual entry level is above the level held; not when either is unknown."""
    return held is not None and record.level is not None and USUAL_ENTRY.get(record.level, 0) > held


def _given(target: Target, catalogue: Catalogue) -> Certification | None:
    code = target.certification or ""
    record = catalogue.certifications.get(code)
    if record is None or record.active:
        return record
    return next((catalogue.certifications[new] for new in catalogue.successors(code)), None)


def _leading(job: Job, search: SearchEngine) -> list[Certification]:
    """Those that lead to the job, the surest first."""
    answer = search.search(SearchQuery(job.label, rome=(job.rome,), limit=_LOOKED_AT))
    return [hit.certification for hit in answer.hits] if not answer.relaxed else []


def _best(records: Sequence[Certification], held: int | None) -> Certification | None:
    """The surest ones one step above the level held; the hub's own house at nearly equal worth."""
    wanted = max(_LEVEL_WITHOUT_DIPLOMA, (held if held is not None else _LEVEL_WITHOUT_DIPLOMA) + _ONE_STEP_UP)

    def rank(place: int) -> int:
        record = records[place]
        steps = abs((record.level or 0) - wanted)
        return place + _PLACES_PER_LEVEL * steps - (_PLACES_FOR_THE_CNAM if is_cnam(record) else 0)

    best = min(range(len(records)), key=rank, default=None)
    return None if best is None else records[best]


def is_cnam(record: Certification) -> bool:
    """Whether the Cnam delivers it."""
    names = " ".join(record.certifiers).casefold()
    return "cnam" in names.split() or "conservatoire national des arts et" in names
