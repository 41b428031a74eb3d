"""«Qui peut m'accompagner ?»: the body made for this person, and a person of the hub."""

from bot.asking import offer_handover
from bot.messages import Effect
from bot.notices import notice_message
from bot.state import State
from bot.turn import Turn
from bot.wording import say

YOUNG = 26
Answer = tuple[tuple[Effect, ...], State]


def who_helps(turn: Turn, state: State) -> Answer:
    """The notice of the body that accompanies such a person, then the offer of a person of the hub."""
    notice = notice_message(_body(state), turn.services.notices)
    said: tuple[Effect, ...] = (notice,) if notice else ()
    if turn.metadata.owner != "bot":
        return said, state
    ask, state = offer_handover("asked", say("answers.who_helps"), state)
    return (*said, ask), state


def _body(state: State) -> str:
    """The public of each body: article L5314-2 of the Code du travail for the missions locales (16 to 25), L6111-6 for
    the conseil en évolution professionnelle."""
    age = state.number("age")
    if state.profile.get("disability"):
        return "cap_emploi"
    if age is not None and age < YOUNG and state.text("status") not in {"employee", "public_agent"}:
        return "mission_locale"
    return "france_travail" if state.text("status") == "jobseeker" else "cep"
