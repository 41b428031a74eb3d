"""Which routes are shown, and in which order."""

from collections.abc import Iterator

from knowledge.catalogue import Catalogue
from knowledge.pathways import routes
from knowledge.pathways.certifications import candidates
from knowledge.pathways.profile import RouteProfile, Target
from knowledge.pathways.records import Pathways
from knowledge.pathways.routes import Case, Rule
from knowledge.search.engine import SearchEngine

MOST = 4


def plan_routes(profile: RouteProfile, target: Target, catalogue: Catalogue, search: SearchEngine) -> Pathways:
    """At most four distinct ways, the one that fits best first; none when nothing is known to lead there."""
    case = Case(profile, target, candidates(profile, target, catalogue, search), catalogue)
    found = (rule(case) for rule in _order(case))
    return Pathways(_aim(case), tuple(route for route in found if route)[:MOST])


def _order(case: Case) -> Iterator[Rule]:
    """What was asked for first, then what the situation opens, then what is open to all."""
    profile = case.profile
    first: list[Rule] = []
    if profile.project == "learn_basics" or profile.education_level == 0:
        first.append(routes.basics)
    if profile.project == "start_business":
        first.append(routes.business)
    if profile.project == "validate_experience":
        first.append(routes.vae)
    if "apprenticeship" in profile.modality:
        first.append(routes.alternance)
    if "work_based" in profile.modality:
        first.append(routes.work_based)
    if case.keeps_working:
        first.append(routes.blocks)
    usual: tuple[Rule, ...] = (
        routes.lower_level,
        routes.vae,
        routes.full,
        routes.alternance,
        routes.blocks,
        routes.work_based,
        routes.short,
    )
    yield from dict.fromkeys((*first, *usual))


def _aim(case: Case) -> str:
    if case.target.job and case.job:
        return case.job.label
    return case.found.aimed.title if case.found.aimed else (case.job.label if case.job else "")
