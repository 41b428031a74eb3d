"""«Plus simple» : what was just said, said again in easy-to-read French, and so from then on."""

from collections.abc import Mapping

from bot import funding, funding_again, pathways
from bot.asking import offer_handover
from bot.escalation import rules
from bot.messages import Effect, HandoverReason, Say
from bot.notices import notice_message, notion_of
from bot.state import State
from bot.turn import Turn
from bot.wording import easy_replies, say, speech

AGAIN_MOST = 3
# Sentences that offer a person, and for what reason; those of the table of reasons come beside.
_OFFERS: Mapping[str, HandoverReason] = {
    "answers.not_sure": "asked",
    "explaining.maybe": "asked",
    "explaining.public_leave": "asked",
    "opco.person": "asked",
    "sessions.none_near": "asked",
    "answers.hub_unpublished": "asked",
    "answers.eligibility_unsure": "complex_funding",
}

Answer = tuple[tuple[Effect, ...], State]


def keep_said(state: State, seq: int) -> State:
    """The state that remembers what this action said in answer to message `seq`, after the actions before it."""
    before = state.memory.said if state.memory.said_seq == seq else ()
    return state.note(said=(*before, *speech().said), said_seq=seq)


def rephrase(turn: Turn, state: State) -> Answer:
    """The last answer in easy-to-read sentences; from now on the assistant speaks so."""
    speech().simple = True
    state = state.note(simple=True)
    said: list[Effect] = []
    for sentence in dict.fromkeys((s.key, tuple(s.params.items())) for s in state.memory.said):
        key, params = sentence[0], dict(sentence[1])
        if notion := notion_of(key):
            said += filter(None, [notice_message(notion, turn.services.notices)])
        elif key == funding.SAID_AS:
            said.append(funding_again.plan_again(turn, state, params["scheme"] or None))
        elif key == pathways.SAID_AS:
            said += filter(None, [pathways.pathways(turn, state)])
        elif reason := _offered(key):
            ask, state = offer_handover(reason, say(key, **params), state)
            return (*said[-AGAIN_MOST:], ask), state
        elif _stands_alone(key):
            said.append(Say(text=say(key, **params)))
    return tuple(said[-AGAIN_MOST:]) or (Say(text=say("answers.simpler")),), state


def _offered(key: str) -> HandoverReason | None:
    return _OFFERS.get(key) or next((reason for reason in rules() if key == f"escalation.{reason}"), None)


def _stands_alone(key: str) -> bool:
    """Whether the sentence is whole without a list after it; a pending question is asked again by its form."""
    return key in easy_replies() and not key.startswith("questions.") and easy_replies().lines(key)[-1][-1] in ".?"
