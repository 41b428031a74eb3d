"""Who pays: the plan as a message, then at most one question, the one that changes it most."""

from pydantic import JsonValue

from bot.asking import question
from bot.messages import Effect, Say
from bot.state import State
from bot.turn import Turn
from bot.wording import replies, say
from knowledge.funding import Training
from knowledge.funding.reply import as_json

# What a topic named in the conversation says of the training.
_KIND_OF_TOPIC = {"vae": "vae", "bilan_competences": "bilan", "clea": "clea", "permis": "licence_b"}
_KIND_OF_PROJECT = {"validate_experience": "vae", "learn_basics": "clea"}
TIMES_ASKED = 1

Answer = tuple[tuple[Effect, ...], State]


def funding(turn: Turn, state: State, scheme: str | None = None) -> Answer:
    """A `funding` message and its question. `scheme` was asked about: its line comes first."""
    plans, training, on = turn.services.funding, training_of(turn, state), turn.metadata.today
    if not state.knows("status") and scheme is None:
        ask, state = _ask(turn, state.note(funding=""), ("status",))
        return (Say(text=say("answers.funding_intro")), *ask), state
    profile = dict(state.profile)
    plan = plans.plan_about(profile, training, on, scheme) if scheme else plans.plan(profile, training, on)
    payload: dict[str, JsonValue] = as_json(plan)
    message = Say(kind="funding", text=plans.text(profile, training, on, scheme), payload=payload)
    ask, state = _ask(turn, state.note(funding=scheme or ""), plan.questions)
    return (message, *ask), state


def again(turn: Turn, state: State) -> Answer | None:
    """The plan made again, when it was the subject and this message brought the fact that was asked for."""
    if state.memory.funding is None or turn.asked_field is None:
        return None
    answered = state.evidence.get(turn.asked_field) == [turn.metadata.seq]
    return funding(turn, state, state.memory.funding or None) if answered else None


def scheme_meant(turn: Turn) -> str | None:
    """The scheme that the message names."""
    known = turn.services.funding.records.schemes
    named = [str(value) for value in turn.heard.values("topic") if str(value) in known]
    return named[0] if named else turn.services.funding.find(turn.heard.text)


def training_of(turn: Turn, state: State) -> Training:
    """The training talked about: its kind from what was said, else from what is aimed at."""
    certification = state.text("target_certification")
    return Training(kind=_kind(turn, state), certification=certification)


def _kind(turn: Turn, state: State) -> str | None:
    if kind := state.text("training_kind"):
        return kind
    for topic in turn.heard.values("topic"):
        if kind := _KIND_OF_TOPIC.get(str(topic)):
            return kind
    if kind := _KIND_OF_PROJECT.get(state.text("project") or ""):
        return kind
    code = state.text("target_certification") or ""
    if code.startswith("RS") and code[2:].isdigit():
        return "rs"
    aims = certification_aimed(state) or state.knows("target_job") or state.text("project") is not None
    return "rncp" if aims else None


def certification_aimed(state: State) -> bool:
    """Whether a certification is named or was proposed."""
    return state.knows("target_certification") or bool(state.memory.proposed)


def _ask(turn: Turn, state: State, fields: tuple[str, ...]) -> Answer:
    """The first question that can be asked in words, and was neither refused nor asked already."""
    for field in fields:
        asked = state.memory.asked.get(field, 0)
        if f"questions.{field}" in replies() and field not in state.memory.refused and asked < TIMES_ASKED:
            state = state.note(asked=state.memory.asked | {field: asked + 1}, asked_field=field)
            return (question(field, turn.services.catalogue),), state
    return (), state.note(asked_field=None)
