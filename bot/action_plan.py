"""The action plan: what the person wants, the ways there, who pays, what to do and when. Made from the record alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.company import solutions
from bot.funding import training_of
from bot.profile import CONTACT_FIELDS, FIELDS, job_label, label, number_label
from bot.proposals import about, aims
from bot.state import State
from bot.wording import replies, say
from knowledge.catalogue import Catalogue
from knowledge.funding import Funding
from knowledge.funding.lines import Line
from knowledge.funding.plan import Plan
from knowledge.funding.texts import field_name
from knowledge.records import Certification, Hub, Source

TRAININGS_SHOWN = 5
SCHEMES_SHOWN = 6
CHECKS_SHOWN = 6
SOURCES_SHOWN = 10
_UNTOLD = frozenset({*CONTACT_FIELDS, "project", "target_job", "target_certification"})
_POSSIBLE = ("eligible", "discretionary")
_ONESELF = "autofinancement"
_TOLD = (*_POSSIBLE, "uncertain")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the plan; `detail` explains it, `url` is where it can be read."""

    text: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan, never empty. `id` is one of `plan.sections` in the replies."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The plan, in its order. Without a section nothing is known yet."""

    day: date
    sections: tuple[Section, ...]
    trainings: tuple[Certification, ...]
    aims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What a plan is made from: the state of the conversation, the words of the request, the hub it was opened at."""

    state: State
    request: str | None
    hub: Hub | None
    today: date


def action_plan(record: PlanRecord, catalogue: Catalogue, funding: Funding) -> ActionPlan:
    """Nothing in it that the person did not say or that no record holds; parts without content are left out."""
    state = record.state
    records = (catalogue.certifications.get(code) for code in state.memory.proposed)
    trainings = tuple(one for one in records if one is not None)[:TRAININGS_SHOWN]
    plan = funding.plan(dict(state.profile), training_of(state), record.today) if state.knows("status") else None
    lines = _lines(plan)
    parts = {
        "project": tuple(_project(record, catalogue)),
        "situation": tuple(_situation(state, catalogue)),
        "trainings": tuple(map(_training, trainings)),
        "funding": tuple(map(_who_pays, lines)),
    }
    if state.text("project") == "company_need":
        parts["ways"] = tuple(_ways(state, catalogue, funding, record.today))
    if any(parts.values()):
        parts |= {
            "steps": tuple(_steps(plan, lines, funding, has_trainings=bool(trainings), for_company="ways" in parts)),
            "people": tuple(_people(record, catalogue, lines, funding)),
            "checks": tuple(_checks(lines, funding)),
            "unsure": tuple(_unsure(plan, lines)),
            "sources": tuple(_sources(trainings, lines)),
        }
    sections = tuple(Section(name, say(f"plan.sections.{name}"), items) for name, items in parts.items() if items)
    return ActionPlan(record.today, sections, trainings, aims(state))


def _project(record: PlanRecord, catalogue: Catalogue) -> Iterator[Item]:
    jobs = [job_label(job, catalogue) for job in aims(record.state)]
    if len(jobs) == 1:
        yield Item(say("plan.project.job", job=jobs[0]))
    elif jobs:
        yield Item(say("plan.project.jobs", jobs=" ; ".join(jobs)))
    if code := record.state.text("target_certification"):
        known = catalogue.certifications.get(code)
        yield Item(say("plan.project.certification", certification=f"{known.title} ({code})" if known else code))
    if record.request:
        yield Item(say("plan.project.words", words=record.request))


def _situation(state: State, catalogue: Catalogue) -> Iterator[Item]:
    for name, value in state.profile.items():
        if name in _UNTOLD or FIELDS[name].sensitive or f"profile.names.{name}" not in replies():
            continue
        said = say("summary.fact", name=say(f"profile.names.{name}"), value=label(name, value, catalogue))
        yield Item(said[:1].upper() + said[1:])


def _ways(state: State, catalogue: Catalogue, funding: Funding, today: date) -> Iterator[Item]:
    """What can answer an employer's need."""
    for kind in state.memory.needs or ("train", "hire"):
        for one in solutions(state, kind, catalogue, funding, today):
            yield Item(one.name, one.text, one.source.url)


def _training(record: Certification) -> Item:
    title = say("plan.training", title=record.title, about=about(record))
    return Item(title, record.summary or "", record.source.url)


def _lines(plan: Plan | None) -> tuple[Line, ...]:
    """Who may pay: what is sure first, then what is decided by someone, then what must be looked into."""
    told = [line for line in (plan.lines if plan else ()) if line.verdict in _TOLD]
    return tuple(sorted(told, key=lambda line: (line.scheme == _ONESELF, _TOLD.index(line.verdict))))[:SCHEMES_SHOWN]


def _who_pays(line: Line) -> Item:
    amount = say("profile.euros", amount=number_label(float(line.amount))) if line.amount is not None else ""
    told = say("plan.funding.amount", amount=amount) if amount else ""
    detail = " ".join(part for part in (*line.reasons[:1], f"{told[:1].upper()}{told[1:]}." if told else "") if part)
    return Item(say(f"plan.funding.{line.verdict}", name=line.name), detail)


def _steps(
    plan: Plan | None, lines: Sequence[Line], funding: Funding, *, has_trainings: bool, for_company: bool
) -> Iterator[Item]:
    yield Item(say("plan.steps.advice_company" if for_company else "plan.steps.advice"))
    if has_trainings:
        yield Item(say("plan.steps.contact"))
    if plan and plan.calendar:
        for act in plan.calendar:
            yield Item(say("plan.steps.dated", day=act.day.strftime("%d/%m/%Y"), act=act.act))
        return
    for line in lines:
        if line.verdict in _POSSIBLE:
            for step in funding.scheme(line.scheme).steps[:1]:
                told = f"{line.name} : {step.act}"
                yield Item(say("plan.steps.before", act=told, days=step.days_before) if step.days_before else told)


def _people(record: PlanRecord, catalogue: Catalogue, lines: Sequence[Line], funding: Funding) -> Iterator[Item]:
    hub = record.hub
    if hub is None:
        yield Item(say("plan.people.any_hub"))
    elif hub.address:
        yield Item(say("plan.people.hub_at", town=hub.town, address=hub.address))
    else:
        yield Item(say("plan.people.hub", town=hub.town))
    for line in lines:
        body = funding.scheme(line.scheme).decided_by
        if body and line.verdict == "discretionary":
            yield Item(say("plan.people.body", name=line.name, body=body))


def _checks(lines: Sequence[Line], funding: Funding) -> Iterator[Item]:
    checks = [
        (line.name, check)
        for line in lines
        if line.verdict in _POSSIBLE
        for check in funding.scheme(line.scheme).checklist
    ]
    for name, check in checks[:CHECKS_SHOWN]:
        yield Item(f"{name} : {check}")


def _unsure(plan: Plan | None, lines: Sequence[Line]) -> Iterator[Item]:
    missing = dict.fromkeys(field for line in lines for field in line.missing)
    if missing:
        yield Item(say("plan.unsure.missing", fields=", ".join(map(field_name, missing))))
    for warning in plan.warnings if plan else ():
        yield Item(warning)


def _sources(trainings: Sequence[Certification], lines: Sequence[Line]) -> Iterator[Item]:
    cited: Iterable[Source] = [*(one.source for one in trainings), *(s for line in lines for s in line.sources[:1])]
    by_url = {source.url: source for source in cited}
    for source in list(by_url.values())[:SOURCES_SHOWN]:
        yield Item(say("plan.source", title=source.title, day=source.checked_on.strftime("%d/%m/%Y")), url=source.url)
