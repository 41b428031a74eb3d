"""Who pays: the plan as a message, then at most one question, the one that changes it most."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.asking import question
from bot.easy_plan import easy_plan
from bot.messages import Effect, Say, Sentence
from bot.opco import opco_hint
from bot.spotting import kind_of
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import replies, say, speech
from knowledge.funding import Training
from knowledge.funding.reply import as_json

_KIND_OF_PROJECT = {"validate_experience": "vae", "learn_basics": "clea"}
APPRENTICESHIP = "contrat_apprentissage"
TIMES_ASKED = 1
# Without it nothing can be said of who pays, so the interview having asked for it is no reason to be silent.
TIMES_STATUS_ASKED = 3
MOST_QUESTIONS = 2
# Income while one learns, for those without a job; an employee who asks the same is told of the leave that keeps pay.
_INCOME_OF_JOBSEEKERS = frozenset({"aref", "rff", "rfft"})
# What an agent of the public service has in the place of what was named.
_OF_PUBLIC_AGENTS: Mapping[JsonValue, str] = {"cpf": "cpf_agent_public", "conge_formation": "cfp_agent_public"}
# From this age, nobody out of work is asked whether they are registered as looking for a job.
_RETIREMENT_AGE = 62
SAID_AS = "funding.plan"

Answer = tuple[tuple[Effect, ...], State]


def funding(turn: Turn, state: State, scheme: str | None = None, *, again: bool = False) -> Answer:
    """A `funding` message and its question. `scheme` was asked about: its line comes first. A plan made `again` says
    only what is paid and what remains."""
    training = training_of(state, _kind_named(turn))
    plans, on = turn.services.funding, turn.metadata.today
    is_apprentice = scheme is None and wants_apprenticeship(state)
    if is_apprentice:
        scheme = APPRENTICESHIP
    if not state.knows("status") and scheme is None and "status" not in state.memory.refused:
        ask, state = _ask(turn, state.note(funding=""), ("status",))
        return (Say(text=say("answers.funding_intro")), *ask), state
    profile = dict(state.profile)
    plan = plans.plan_about(profile, training, on, scheme) if scheme else plans.plan(profile, training, on)
    # What holds for everyone is said once.
    text = plans.text(profile, training, on, scheme, brief=again, warns=not state.memory.funding_said)
    verdicts = {line.scheme: line.verdict for line in (*plan.lines, *plan.income)}
    if again and text == state.memory.funding_said and verdicts == state.memory.funding_verdicts:
        message = Say(text=say("answers.funding_same"))
    else:
        if again and text == state.memory.funding_said:
            text = plans.changes(plan, state.memory.funding_verdicts)
        payload: dict[str, JsonValue] = as_json(plan)
        speech().said.append(Sentence(key=SAID_AS, params={"scheme": scheme or ""}))
        text = easy_plan(plan, plans, scheme) if speech().simple else text
        message = Say(kind="funding", text=text, payload=payload)
    said = plans.text(profile, training, on, scheme, brief=True)
    unsure = training.kind is None and state.knows("status")
    state = state.note(funding=scheme or "", funding_said=said, funding_verdicts=verdicts, funding_unsure=unsure)
    asked = state.memory.funding_asked if again else 0
    fields = plan.questions if asked < MOST_QUESTIONS else ()
    if is_apprentice:
        # Nothing is to be paid: only what the contract itself depends on matters.
        fields = tuple(field for line in plan.lines if line.scheme == APPRENTICESHIP for field in line.missing)
    ask, state = _ask(turn, state, fields)
    hint, state = opco_hint(state, scheme)
    besides = () if again else _refused_besides(turn, state, scheme)
    return (message, *besides, *hint, *ask), state.note(funding_asked=asked + len(ask))


def refusal(turn: Turn, state: State, scheme: str) -> Say | None:
    """One sentence when a scheme that is spoken of is not for the person's situation."""
    if not state.knows("status") or scheme not in turn.services.funding.records.schemes:
        return None
    plan = turn.services.funding.plan_about(dict(state.profile), training_of(state), turn.metadata.today, scheme)
    line = plan.lines[0]
    if line.verdict not in {"ineligible", "closed"} or not line.reasons:
        return None
    return Say(text=say(f"answers.scheme_{line.verdict}", name=line.name, reason=line.reasons[0]))


def _refused_besides(turn: Turn, state: State, scheme: str | None) -> tuple[Say, ...]:
    """One sentence for each other scheme that the same message asks about and that is not for the person."""
    known = turn.services.funding.records.schemes
    named = dict.fromkeys(str(value) for value in turn.heard.values("topic") if str(value) in known)
    others = [one for one in named if one != scheme] if scheme in named else []
    return tuple(said for one in others if (said := refusal(turn, state, one)))


def scheme_meant(turn: Turn) -> str | None:
    """The scheme that the message asks about; an account told only for what is on it, while asking who pays, is not."""
    known = turn.services.funding.records.schemes
    named = [str(value) for value in turn.heard.values("topic") if str(value) in known]
    scheme = named[0] if named else turn.services.funding.find(turn.heard.text)
    if scheme is None and asks("anaphora", turn.heard.text):
        # A notion that is none («un CQP, y ai-je droit ?») does not hide the one spoken of before.
        spoken_of = (turn.state.memory.topic, turn.metadata.memory.get("topic"))
        scheme = next((str(topic) for topic in spoken_of if topic in known), None)
    may_be_apprentice = turn.heard.intent == "ask_eligibility" and turn.heard.values("modality") == ["apprenticeship"]
    if scheme is None and may_be_apprentice:
        return APPRENTICESHIP
    if scheme is None and turn.state.evidence.get("c2p_points") == [turn.metadata.seq]:
        return "cpf_c2p"
    if turn.state.text("status") == "public_agent":
        scheme = _OF_PUBLIC_AGENTS.get(scheme or next(iter(turn.heard.values("topic")), ""), scheme)
    income = scheme in _INCOME_OF_JOBSEEKERS or (scheme is None and asks("income", turn.heard.text))
    if income and turn.state.text("status") == "employee":
        return "ptp"
    if income and scheme is None and turn.state.text("status") == "jobseeker":
        return "rfft" if turn.state.profile.get("unemployment_benefit") is False else "aref"
    if scheme == "plan_developpement" and turn.state.text("status") == "employer":
        # What an employee calls their employer's plan, an employer asks their OPCO for.
        return "opco_plan"
    tells_balance = turn.state.evidence.get("cpf_balance") == [turn.metadata.seq]
    return None if scheme == "cpf" and tells_balance and asks("who_pays", turn.heard.text) else scheme


def training_of(state: State, named: str | None = None) -> Training:
    """The training talked about: its kind from what was said, else from what is aimed at. `named` in the message."""
    return Training(kind=_kind(state, named), certification=state.text("target_certification"))


def _kind_named(turn: Turn) -> str | None:
    """The kind of training that the message names, by its words or by a certification of the specific register."""
    named = turn.heard.first("certification") or ""
    return kind_of(turn.heard.text, turn.heard.values("topic")) or ("rs" if _is_specific(named) else None)


def _is_specific(code: str) -> bool:
    return code.startswith("RS") and code[2:].isdigit()


def wants_apprenticeship(state: State) -> bool:
    """Whether the person wishes to learn as an apprentice, who pays nothing."""
    return "apprenticeship" in state.texts("modality")


def _kind(state: State, named: str | None) -> str | None:
    if kind := state.text("training_kind") or named:
        return kind
    project = state.text("project") or ""
    if project in _KIND_OF_PROJECT and not (project == "learn_basics" and state.knows("target_job")):
        return _KIND_OF_PROJECT[project]
    if state.text("project") == "review_skills" and not (state.knows("target_job") or certification_aimed(state)):
        return "bilan"
    if _is_specific(state.text("target_certification") or ""):
        return "rs"
    aims = certification_aimed(state) or state.knows("target_job") or state.text("project") is not None
    return "rncp" if aims else state.memory.about


def certification_aimed(state: State) -> bool:
    """Whether a certification is named or was proposed."""
    return state.knows("target_certification") or bool(state.memory.proposed)


def _ask(turn: Turn, state: State, fields: tuple[str, ...]) -> Answer:
    """The first question that can be asked in words, and was neither refused nor asked already."""
    for field in fields:
        asked = state.memory.asked.get(field, 0)
        most = TIMES_STATUS_ASKED if field == "status" else TIMES_ASKED
        if field == "registered_france_travail" and _is_retired(state):
            continue
        if f"questions.{field}" in replies() and field not in state.memory.refused and asked < most:
            state = state.note(asked=state.memory.asked | {field: asked + 1}, asked_field=field)
            return (question(field, turn.services.catalogue),), state
    return (), state.note(asked_field=None)


def _is_retired(state: State) -> bool:
    return state.text("status") == "inactive" and (state.number("age") or 0) >= _RETIREMENT_AGE
