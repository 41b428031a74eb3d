"""Health and disability: what holds for everyone, the notices asked for, and always a person."""

from collections.abc import Sequence

from bot.asking import offer_handover, question
from bot.explaining import no_sure_answer
from bot.messages import Effect, Say
from bot.notices import notice_message, topics_of
from bot.state import State
from bot.turn import Turn
from bot.wording import say

_TOPICS = frozenset({"rqth", "agefiph", "fiphfp", "cap_emploi"})

Answer = tuple[tuple[Effect, ...], State]


def about_disability(turn: Turn, state: State) -> Answer:
    """What health or a disability changes, the consent to keep it, the offer of a person."""
    asked = [topic for topic in topics_of(turn) if topic in _TOPICS]
    said, state = _notices(turn, state, asked)
    claims = bool(turn.heard.values("disability"))
    unasked = not state.knows("disability") and "disability" not in state.memory.refused
    if claims and unasked and not state.memory.asked.get("disability"):
        state = state.note(asked=state.memory.asked | {"disability": 1}, asked_field="disability")
        return (*said, question("disability", turn.services.catalogue)), state
    if turn.metadata.owner == "bot" and "disability" not in state.memory.escalation_offered:
        ask, state = offer_handover("disability", say("escalation.disability"), state)
        return (*said, ask), state
    if said:
        return tuple(said), state
    return no_sure_answer(turn, state)


def _notices(turn: Turn, state: State, asked: Sequence[str]) -> tuple[list[Effect], State]:
    """What holds for everyone, said once; the notices asked for, as often as they are."""
    told = "disability" in state.memory.told
    said: list[Effect] = [] if told else [Say(text=say("answers.disability"))]
    topics = asked or (() if told else ("rqth",))
    said += [message for topic in topics[:1] if (message := notice_message(topic, turn.services.notices))]
    return said, state.note(told=tuple(dict.fromkeys([*state.memory.told, "disability"])))
