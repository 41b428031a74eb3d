"""What a message asks besides what its intent answers: who pays, whether an aid that is named is for them, what a
notion is, what a job is made of."""

from collections.abc import Sequence

from bot import funding
from bot.describing import described
from bot.messages import Effect, Say, shows
from bot.notices import notice_message, topic_for
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks, is_question

Answer = tuple[tuple[Effect, ...], State]


def besides(turn: Turn, state: State, said: Sequence[Effect], *, asking: bool = True) -> Answer | None:
    """What is still to be answered once `said` was; None where nothing is. Unless `asking`, no question is added."""
    if turn.metadata.choice is not None:
        return None
    if shows(said, "funding"):
        return _notion(turn, state)
    if plan := _who_pays(turn, state, asking=asking and not shows(said, "question")):
        return plan
    if shows(said, "certifications", "jobs", "pathways") or any(_has_sources(one) for one in said):
        return None
    return _notion(turn, state)


def _who_pays(turn: Turn, state: State, *, asking: bool) -> Answer | None:
    text, scheme = turn.heard.text, funding.scheme_meant(turn)
    asked = is_question(text) or turn.heard.intent.startswith("ask_")
    meant = scheme is not None and asked and not asks("what", text)
    weighed = asks("comparison", text) and turn.state.memory.topic in turn.services.funding.records.schemes
    if asks("free", text) or not (asks("who_pays", text) or asks_right(turn, scheme) or meant or weighed):
        return None
    if asking:
        return funding.funding(turn, state, scheme)
    if not state.knows("status") and scheme is None:
        return None
    plan, _ = funding.funding(turn, state, scheme)
    return tuple(one for one in plan if not shows([one], "question")), state.note(funding=scheme or "")


def asks_right(turn: Turn, scheme: str | None) -> bool:
    """Whether it is asked if a scheme that is named is for this person, or pays."""
    return scheme is not None and is_question(turn.heard.text) and asks("right", turn.heard.text)


def _notion(turn: Turn, state: State) -> Answer | None:
    """What a notion is, or a job, where that is asked inside another message."""
    if job := described(turn):
        return (job,), state
    if not asks("what", turn.heard.text):
        return None
    topics = [topic_for(str(topic), state) for topic in turn.heard.values("topic")]
    said = tuple(notice for topic in topics if (notice := notice_message(topic, turn.services.notices)))
    return (said, state.note(topic=topics[0])) if said else None


def _has_sources(effect: Effect) -> bool:
    return isinstance(effect, Say) and bool((effect.payload or {}).get("sources"))
