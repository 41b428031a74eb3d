"""The rule of each route: when it is offered, its steps, its reasons."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.pathways.certifications import USUAL_ENTRY, Candidates, is_cnam, is_far
from knowledge.pathways.profile import RouteProfile, Target
from knowledge.pathways.records import TEXTS, Pathway, RouteId, Step
from knowledge.records import Certification, Job, Source

# From how much experience the recognition of experience is offered: a mark of ours, the law sets none.
EXPERIENCE_FOR_VAE = 12
OLDEST_APPRENTICE, YOUNGEST_APPRENTICE = 29, 16
YOUNGEST_ADULT_CONTRACT = 26
_RHYTHMS = ("evening", "weekend", "part_time", "remote")
_GRAND_EST = "44"
_MAY_WORK = (None, "employee", "self_employed", "public_agent", "inactive")


@dataclass(frozen=True, slots=True)
class Case:
    """A person, an aim, and the certifications to go through."""

    profile: RouteProfile
    target: Target
    found: Candidates
    catalogue: Catalogue

    @property
    def job(self) -> Job | None:
        """The job aimed at, or the first that the certification leads to."""
        code = self.target.job or (self.found.aimed.rome[0] if self.found.aimed and self.found.aimed.rome else "")
        return self.catalogue.jobs.get(code)

    @property
    def current(self) -> Job | None:
        """The present job."""
        return self.catalogue.jobs.get(self.profile.current_job or "")

    @property
    def moves_near(self) -> bool:
        """Whether the present job is another one, near to the job aimed at."""
        here, there = self.current, self.job
        if here is None or there is None or here.rome == there.rome:
            return False
        return there.rome in here.near or here.rome in there.near or here.domain == there.domain

    @property
    def keeps_working(self) -> bool:
        """Whether the person means to go on working meanwhile."""
        wishes = self.profile.modality & {"evening", "weekend", "part_time"}
        return bool(wishes) or self.profile.on_working_time is False

    def sources(self, *notices: str) -> tuple[Source, ...]:
        """Those of the notices named, where they are there."""
        found = (self.catalogue.notices.get(name) for name in notices)
        return tuple(source for notice in found if notice for source in notice.sources)


Rule = Callable[[Case], Pathway | None]


def full(case: Case) -> Pathway | None:
    """The whole certification, where there is one; its level is checked and said."""
    aimed = case.found.aimed
    if aimed is None or (case.found.lower and is_far(aimed, case.profile.education_level)):
        return None
    steps = (
        Step("check", TEXTS.get("steps.check_level")),
        Step(
            "training",
            TEXTS.get("steps.full", title=aimed.title),
            _aim(case, aimed),
            TEXTS.get("duration"),
            code=aimed.code,
        ),
    )
    why = (_aim(case, aimed), _level(case, aimed), *_house(aimed))
    seeks = case.profile.status == "jobseeker"
    changes = (
        *_if(seeks, "changes.poei"),
        *_if(case.profile.education_level is None, "changes.level"),
        TEXTS.get("changes.experience"),
    )
    sources = case.sources("certification", *(("poei",) if seeks else ()))
    return _pathway("full", aimed, steps, why, sources, (_entry(aimed),), changes)


def blocks(case: Case) -> Pathway | None:
    """One block at a time, for who keeps working, asks for a light rhythm, or has not said."""
    aimed = case.found.lower or case.found.aimed
    if aimed is None or aimed.kind != "rncp" or len(aimed.blocks) == 1:
        return None
    if not (case.keeps_working or case.profile.status in _MAY_WORK):
        return None
    steps = _block_steps(aimed)
    rhythms = [TEXTS.get(f"rhythms.{name}") for name in _RHYTHMS if name in case.profile.modality]
    why = (
        TEXTS.get("why.rhythm", rhythm=", ".join(rhythms)) if rhythms else TEXTS.get("why.one_at_a_time"),
        _aim(case, aimed),
        _level(case, aimed),
        *_house(aimed),
    )
    has_employer = case.profile.status in (None, "employee", "public_agent")
    changes = (TEXTS.get("changes.full_time"), *_if(has_employer, "changes.employer"))
    return _pathway("blocks", aimed, steps, why, case.sources("bloc_competences"), (_entry(aimed),), changes)


def _block_steps(aimed: Certification) -> tuple[Step, ...]:
    """With their names where the record holds them: all certifications of the RNCP are made of blocks (L6113-1)."""
    if not aimed.blocks:
        first, others = TEXTS.get("steps.choose_any_block"), TEXTS.get("steps.other_blocks")
    else:
        first = TEXTS.get("steps.choose_block", label=aimed.blocks[0].label)
        others = TEXTS.get("steps.next_blocks", count=len(aimed.blocks))
    return Step("training", first, code=aimed.code), Step("training", others, code=aimed.code)


def vae(case: Case) -> Pathway | None:
    """Recognition of experience: whole with experience in the job, partial from a job near to it."""
    aimed = case.found.aimed
    if aimed is None or (aimed.access and "vae" not in aimed.access):
        return None
    why = list(_experience(case))
    partial = not why and case.moves_near
    if partial and case.current:
        why = [TEXTS.get("why.near_job", job=case.current.label)]
    if not why:
        return None
    steps = [
        Step("vae", TEXTS.get("steps.vae_file"), code=aimed.code),
        Step("support", TEXTS.get("steps.vae_support")),
        Step("vae", TEXTS.get("steps.vae_jury"), code=aimed.code),
    ]
    if partial:
        steps.append(Step("training", TEXTS.get("steps.complete"), code=aimed.code))
    related = (TEXTS.get("prerequisites.related"),)
    return _pathway(
        "vae_partial" if partial else "vae",
        aimed,
        tuple(steps),
        (*why, _aim(case, aimed)),
        case.sources("vae"),
        related,
        _if(partial, "changes.experience"),
    )


def alternance(case: Case) -> Pathway | None:
    """A paid contract: apprenticeship to 29, professionnalisation for jobseekers from 26."""
    aimed, profile = case.found.lower or case.found.aimed, case.profile
    if aimed is None or aimed.kind != "rncp":
        return None
    open_to = aimed.access or {"apprenticeship", "professionnalisation"}
    if "apprenticeship" in open_to and (reason := _may_be_apprentice(case)):
        return _contract(case, aimed, "apprenticeship", reason, "contrat_apprentissage", "changes.age")
    if "professionnalisation" in open_to and _may_sign_adult_contract(profile):
        reason = TEXTS.get("why.jobseeker")
        return _contract(
            case, aimed, "professionnalisation", reason, "contrat_professionnalisation", "changes.registered"
        )
    return None


def _may_sign_adult_contract(profile: RouteProfile) -> bool:
    """Whether a jobseeker is old enough and not known to be unregistered (article L6325-1 of the Code du travail)."""
    adult = profile.age is not None and profile.age >= YOUNGEST_ADULT_CONTRACT
    return profile.status == "jobseeker" and adult and profile.registered_france_travail is not False


def _may_be_apprentice(case: Case) -> str | None:
    """Why apprenticeship is open, None when it is not known to be. Ages: article L6222-1 of the Code du travail."""
    profile = case.profile
    if profile.status == "public_agent" or (profile.age is not None and profile.age < YOUNGEST_APPRENTICE):
        return None
    if profile.age is not None and profile.age <= OLDEST_APPRENTICE:
        return TEXTS.get("why.age", age=profile.age)
    if profile.disability:
        return TEXTS.get("why.disability")
    if profile.age is None and ("apprenticeship" in profile.modality or profile.status == "student"):
        return TEXTS.get("why.age_unknown")
    return None


def work_based(case: Case) -> Pathway | None:
    """Learning in the company, for who has an employer and a job near to the aim, or asks for it."""
    aimed, asked = case.found.aimed, "work_based" in case.profile.modality
    same = case.job is not None and case.job == case.current
    if aimed is None or case.profile.status != "employee" or not (asked or case.moves_near or same):
        return None
    steps = (
        Step("work", TEXTS.get("steps.talk_employer")),
        Step("work", TEXTS.get("steps.afest")),
        Step("certification", TEXTS.get("steps.short", title=aimed.title), code=aimed.code),
    )
    why = (*_if(asked, "why.asked_work_based"), TEXTS.get("why.in_company"), _aim(case, aimed))
    employer = (TEXTS.get("prerequisites.employer"),)
    return _pathway("work_based", aimed, steps, why, case.sources("afest"), employer, ())


def lower_level(case: Case) -> Pathway | None:
    """A first level that can be entered now, when the aim is too far."""
    aimed, lower = case.found.aimed, case.found.lower
    if aimed is None or lower is None:
        return None
    steps = (
        Step("training", TEXTS.get("steps.lower", title=lower.title), duration=TEXTS.get("duration"), code=lower.code),
        Step("training", TEXTS.get("steps.higher", title=aimed.title), duration=TEXTS.get("duration"), code=aimed.code),
    )
    held, level = case.profile.education_level, aimed.level
    why = (TEXTS.get("why.level_far", held=_named(held), aimed=_named(level)), _aim(case, lower), *_house(lower))
    changes = (TEXTS.get("changes.lower"),)
    sources = case.sources("niveau_qualification")
    return _pathway("lower_level", lower, steps, why, sources, (_entry(lower),), changes)


def basics(case: Case) -> Pathway | None:
    """CléA first, for who asks for the basics or has no diploma."""
    asked = case.profile.project == "learn_basics"
    if not asked and case.profile.education_level != 0:
        return None
    clea = next((r for r in case.catalogue.certifications.values() if r.active and _is_clea(r)), None)
    steps = [
        Step("check", TEXTS.get("steps.assessment")),
        Step("training", TEXTS.get("steps.basics"), code=clea.code if clea else None),
    ]
    if case.job:
        steps.append(Step("training", TEXTS.get("steps.then", job=case.job.label)))
    why = (TEXTS.get("why.basics_asked") if asked else TEXTS.get("why.no_diploma"),)
    none = (TEXTS.get("prerequisites.none"),)
    return Pathway("basics", TEXTS.get("titles.basics"), tuple(steps), why, none, (), case.sources("clea"))


def short(case: Case) -> Pathway | None:
    """A certification of the RS that leads to the job."""
    record = case.found.short
    if record is None:
        return None
    steps = (
        Step(
            "certification",
            TEXTS.get("steps.short", title=record.title),
            duration=TEXTS.get("duration"),
            code=record.code,
        ),
    )
    why = (TEXTS.get("why.short"), _aim(case, record))
    return _pathway("short", record, steps, why, case.sources("rs"), (), ())


def business(case: Case) -> Pathway | None:
    """To work for oneself, with who accompanies."""
    if case.profile.project != "start_business":
        return None
    steps = [
        Step("support", TEXTS.get("steps.business_support")),
        Step("training", TEXTS.get("steps.business_training")),
    ]
    if aimed := case.found.aimed:
        title = TEXTS.get("steps.business_diploma", title=aimed.title)
        steps.append(Step("training", title, code=aimed.code))
    place = case.catalogue.communes.get(case.profile.location or "")
    helped = place is not None and place.region == _GRAND_EST and case.profile.status == "jobseeker"
    why = (TEXTS.get("why.business"), *_if(helped, "why.ardan"))
    sources = case.sources("ardan") if helped else ()
    return Pathway("business", TEXTS.get("titles.business"), tuple(steps), why, (), (), sources)


def _contract(case: Case, aimed: Certification, route: RouteId, reason: str, notice: str, change: str) -> Pathway:
    steps = (
        Step("work", TEXTS.get("steps.find_employer")),
        Step(
            "work",
            TEXTS.get("steps.alternate", title=aimed.title),
            duration=TEXTS.get("duration"),
            code=aimed.code,
        ),
    )
    why = (reason, TEXTS.get("why.paid"), _aim(case, aimed), _level(case, aimed))
    employer = (TEXTS.get("prerequisites.employer"), _entry(aimed))
    return _pathway(route, aimed, steps, why, case.sources(notice), employer, (TEXTS.get(change),))


def _pathway(
    route: RouteId,
    record: Certification,
    steps: tuple[Step, ...],
    why: tuple[str, ...],
    sources: tuple[Source, ...],
    prerequisites: tuple[str, ...],
    changes: tuple[str, ...],
) -> Pathway:
    title = TEXTS.get(f"titles.{route}", title=record.title)
    return Pathway(route, title, steps, why, prerequisites, changes, (*sources, record.source))


def _aim(case: Case, record: Certification) -> str:
    if case.target.certification and not case.target.job:
        return TEXTS.get("why.certification")
    return TEXTS.get("why.job", job=case.job.label) if case.job else TEXTS.get("why.certification")


def _level(case: Case, record: Certification) -> str:
    held = case.profile.education_level
    if held is None:
        return TEXTS.get("why.level_unknown")
    if is_far(record, held):
        return TEXTS.get("why.level_far_full", held=_named(held))
    return TEXTS.get("why.level_ok", held=_named(held))


def _entry(record: Certification) -> str:
    entry = USUAL_ENTRY.get(record.level or 0, 0)
    return TEXTS.get("prerequisites.level", level=_named(entry)) if entry else TEXTS.get("prerequisites.none")


def _named(level: int | None) -> str:
    key = f"levels.{level}"
    return TEXTS.get(key) if key in TEXTS else ""


def _experience(case: Case) -> Iterator[str]:
    months = case.profile.experience_months
    if months is not None and months >= EXPERIENCE_FOR_VAE:
        yield TEXTS.get("why.experience", months=duration(months))
    elif case.job is not None and case.job == case.current:
        yield TEXTS.get("why.experience_current")


def duration(months: int) -> str:
    """A number of months in words: years when they are whole."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return TEXTS.get("months.months", months=months)
    return TEXTS.get("months.one") if years == 1 else TEXTS.get("months.years", years=years)


def _house(record: Certification) -> tuple[str, ...]:
    return _if(is_cnam(record), "why.cnam")


def _if(condition: bool, key: str) -> tuple[str, ...]:
    return (TEXTS.get(key),) if condition else ()


def _is_clea(record: Certification) -> bool:
    return "(cléa)" in record.title.casefold()
