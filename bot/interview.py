"""The interview: what was understood is said back, something useful is proposed, then at most one question is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import company, escalation, funding, funding_again, job_ideas, needs, proposals
from bot.answers import best_answer
from bot.asking import closing_question, person_first, question
from bot.besides import besides
from bot.describing import described
from bot.intents import SPECIFIC_PROJECTS
from bot.messages import Effect, Say, shows
from bot.notices import notice_message
from bot.opco import about_opco
from bot.refining import refine
from bot.sessions import sessions
from bot.state import State
from bot.turn import Turn
from bot.understood import understood
from bot.wondering import asks
from bot.wording import say

# What is asked for each project, the most decisive first. The aim comes first: it is enough to propose something.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "find_training": ("target_job", "status", "education_level", "location"),
    "change_career": ("target_job", "status", "education_level", "location"),
    "explore_jobs": ("target_job", "education_level", "location"),
    "review_skills": ("current_job", "target_job", "location"),
    "validate_experience": ("target_job", "experience_months", "status", "location"),
    "start_business": ("target_job", "status", "location"),
    "learn_basics": ("location",),
    "company_need": ("target_job", "start_date", "company_size", "location"),
}
# Without a project, what lets one be found; nothing that only a training would need.
NO_PROJECT = ("target_job", "status", "location")
TIMES_ASKED = 2
OPEN = "target_job_open"
# The same question, in other words for some projects.
WORDINGS = {
    ("target_job", "explore_jobs"): OPEN,
    ("target_job", "company_need"): "target_job_company",
    ("location", "company_need"): "location_company",
}
# What is looked for is no other job.
NOT_A_JOB = frozenset({"learn_basics", "company_need", "start_business", "validate_experience"})
AIMS = frozenset({"find_training", "change_career", "validate_experience", "start_business"})
INTRODUCED_BY = {
    "validate_experience": "vae",
    "review_skills": "bilan_competences",
    "learn_basics": "clea",
}
_IMPLIED_BY_PROJECT = {"company_need": ("status", "education_level"), "learn_basics": ("target_job",)}


@dataclass(frozen=True, slots=True)
class Step:
    """What the interview does now: effects in order, the field it asks for (None: it is over for now), the new
    state."""

    effects: tuple[Effect, ...]
    asked_field: str | None
    state: State


def advance(turn: Turn) -> Step:
    """The next step, from the state of `turn`. When the person's question was just answered, only goes back to the
    pending question."""
    state = turn.state
    said: list[Effect] = []
    if not turn.returning and (plan := funding_again.again(turn, state)):
        effects, state = plan
        return Step((*understood(turn, state), *effects), state.memory.asked_field, state)
    told = None if turn.returning else about_opco(turn, state)
    if told and (shows(told[0], "question") or not (state.knows("project") and state.text("status") == "employer")):
        effects, state = told
        return Step((*understood(turn, turn.state), *effects), _asked_by(effects), state)
    if not turn.returning and not told and (refined := refine(turn, state)):
        effects, state = refined
        return Step((*understood(turn, state), *effects), None, state)
    if not turn.returning:
        said += understood(turn, state)
        if told:
            effects, state = told
            said += effects
        asking = escalation.new_reason(turn, state) is None
        said += _introduction(turn, state)
        said += filter(None, [described(turn)])
        offered, state = _propose(turn, state)
        said += offered or _about_wishes(turn, state)
        if more := funding_again.made_sure(turn, state) or besides(turn, state, said, asking=asking):
            effects, state = more
            said += effects
            if asking and shows(effects, "funding", "question"):
                return Step(tuple(said), state.memory.asked_field, state)
        elif said == understood(turn, state) and (found := best_answer(turn, state)):
            effects, state = found
            said += effects
            if shows(effects, "question"):
                return Step(tuple(said), _asked_by(effects), state)
    due = company.is_due(state) and not turn.returning
    complete = due and next_field(state) is None
    if complete:
        ways, state = company.answer_need(turn, state)
        said += ways
    # The hub's engineer is offered once the need is known.
    offer, state = escalation.offer(turn, state, later=company.REASON if due and not complete else None)
    if complete and not offer:
        offer, state = company.offer_engineer(turn, state)
    if offer:
        return Step((*said, *offer), None, state)
    if shows(said, "question"):
        return Step(tuple(said), "target_job", _count(state, "target_job"))
    field = next_field(state, TIMES_ASKED + 1 if turn.returning else TIMES_ASKED)
    if field is None:
        if turn.returning:
            return Step(tuple(said), None, state.note(asked_field=None))
        ended = state.note(asked_field=None, ended_seq=turn.metadata.seq)
        return Step((*said, _ask(closing_question(state), state)), None, ended)
    wording = needs.wording(state, field) or _wording(turn, state, field)
    ask = question(field, turn.services.catalogue, returning=turn.returning, wording=wording)
    return Step((*said, _ask(ask, state)), field, _count(state, field))


def _wording(turn: Turn, state: State, field: str) -> str:
    lost = field == "target_job" and state.text("project") not in NOT_A_JOB and asks("no_idea", turn.heard.text)
    return OPEN if lost else WORDINGS.get((field, state.text("project") or ""), field)


def _ask(ask: Say, state: State) -> Say:
    """Who learns the basics is best served by a person: the first button leads to one."""
    return person_first(ask) if _only_basics(state) else ask


def _asked_by(effects: Sequence[Effect]) -> str | None:
    """The field of the profile that the last of these messages asks for."""
    last = effects[-1]
    field = (last.payload or {}).get("field") if isinstance(last, Say) and last.kind == "question" else None
    return str(field) if field else None


def next_field(state: State, times: int = TIMES_ASKED) -> str | None:
    """The field to ask for now, None when nothing useful is missing; each is asked `times` times at most."""
    for field in QUESTIONS.get(state.text("project") or "", NO_PROJECT):
        if _is_missing(state, field, times):
            return field
    return None


def _introduction(turn: Turn, state: State) -> list[Effect]:
    project = state.text("project")
    if project not in SPECIFIC_PROJECTS or state.evidence.get("project") != [turn.metadata.seq]:
        return []
    said: list[Effect] = [Say(text=say(f"interview.introduction.{project}"))]
    if notice := notice_message(INTRODUCED_BY.get(project, ""), turn.services.notices):
        said.append(notice)
    return said


def _propose(turn: Turn, state: State) -> tuple[tuple[Say, ...], State]:
    if proposals.aim(state) is None or _only_basics(state):
        return (), state
    if proposals.aim(state) == state.memory.proposed_for and not _asks_again(turn, state):
        return (), state
    if not proposals.aims(state) and _is_looking_for_jobs(turn, state):
        offered, explored = job_ideas.jobs(turn, state)
        if offered:
            return offered, explored
    offered, state = proposals.certifications(turn, state, again=_asks_again(turn, state))
    hesitates = len(proposals.aims(state)) > 1 and state.memory.asked.get("target_job", 0) < TIMES_ASKED
    return (*offered, job_ideas.which_of(turn, state)) if hesitates else offered, state


def _only_basics(state: State) -> bool:
    """Reading, counting, the digital basics: no register of diplomas answers that, a person does."""
    return (
        state.text("project") == "learn_basics"
        and not proposals.aims(state)
        and not state.knows("target_certification")
    )


def _is_looking_for_jobs(turn: Turn, state: State) -> bool:
    """Whether jobs help more than certifications: they are asked for, or the words lead surely to no certification."""
    if state.knows("target_certification") or state.text("project") in NOT_A_JOB:
        return False
    return state.text("project") in {"explore_jobs", "review_skills"} or not proposals.is_sure(turn, state)


def _about_wishes(turn: Turn, state: State) -> list[Effect]:
    """What a rhythm just wished for asks of the person."""
    if state.evidence.get("modality") != [turn.metadata.seq]:
        return []
    if dated := sessions(turn, state, state.memory.proposed):
        return [dated]
    said: list[Effect] = [Say(text=note) for note in proposals.wishes(state)]
    if funding.wants_apprenticeship(state) and (notice := notice_message("apprentissage", turn.services.notices)):
        said.append(notice)
    return said


def _asks_again(turn: Turn, state: State) -> bool:
    """Whether the person speaks of their project again, and names what they aim at or only asks for trainings: it is
    shown again."""
    if not state.memory.proposed or turn.metadata.choice is not None:
        return False
    if turn.heard.intent in AIMS | {"explore_jobs", "inform"} and asks("list", turn.heard.text):
        return True
    if state.text("project") == "validate_experience" and state.evidence.get("project") == [turn.metadata.seq]:
        # Experience leads to one of these diplomas: which one is what comes next.
        return True
    if turn.asked_field is not None:
        return False
    if turn.heard.intent == "find_training" and not turn.heard.entities and state.text("project") != "company_need":
        return True
    named = turn.heard.first("job", "target", None) or turn.heard.first("certification")
    return turn.heard.intent in AIMS | {"explore_jobs", "inform"} and named is not None


def _is_missing(state: State, field: str, times: int) -> bool:
    project = state.text("project") or ""
    if field == needs.ASKED_AS and project == "company_need":
        # Asked once: number and delay come in one answer, or not at all.
        return (
            not needs.is_told(state.profile) and field not in state.memory.refused and not state.memory.asked.get(field)
        )
    if state.knows(field) or field in state.memory.refused or field in _IMPLIED_BY_PROJECT.get(project, ()):
        return False
    if field == "current_job" and state.text("status") == "student":
        return False
    if field == "target_job" and (state.knows("target_certification") or state.memory.query):
        return False
    return state.memory.asked.get(field, 0) < times


def _count(state: State, field: str) -> State:
    asked = state.memory.asked | {field: state.memory.asked.get(field, 0) + 1}
    return state.note(asked=asked, asked_field=field)
