"""When no record surely answers: the nearest official text, said as such, and always the offer of a person."""

from bot.asking import offer_handover
from bot.messages import Effect, Say
from bot.notices import PUBLIC_AGREEMENT, cited, notice_message, sources_payload
from bot.state import State
from bot.turn import Turn
from bot.wording import say
from knowledge.search.explanations import Explanation

Answer = tuple[tuple[Effect, ...], State]


def no_sure_answer(turn: Turn, state: State) -> Answer:
    """«Je n'ai pas de réponse sûre», after the nearest official text where one speaks of the same thing."""
    if near := nearest(turn, state):
        return near
    if turn.metadata.owner != "bot":
        return (Say(text=say("answers.not_sure_waiting")),), state
    ask, state = offer_handover("asked", say("answers.not_sure"), state)
    return (ask,), state


def public_agreement(turn: Turn, state: State) -> Answer:
    """Whether a public employer may refuse: sure for the CPF. Of the other leaves no official text was read here: that
    is said, and a person is offered."""
    notice = notice_message(PUBLIC_AGREEMENT, turn.services.notices)
    said = (notice,) if notice else ()
    if turn.metadata.owner != "bot":
        return said, state
    ask, state = offer_handover("asked", say("explaining.public_leave"), state)
    return (*said, ask), state


def nearest(turn: Turn, state: State) -> Answer | None:
    """The notice, or the excerpt of an official page, that speaks of what is asked, with the offer of a person; None
    when none surely does."""
    found = turn.services.search.explanations.find(turn.heard.text)
    shown = notice_message(found.notice.id, turn.services.notices) if found and found.notice else None
    if found is None or (found.notice is not None and shown is None):
        return None
    said = shown or _excerpt(found)
    if turn.metadata.owner != "bot":
        return (said,), state
    ask, state = offer_handover("asked", say("explaining.maybe"), state)
    return (said, ask), state


def _excerpt(found: Explanation) -> Say:
    lines = [
        say("explaining.page", page=found.page),
        say("explaining.excerpt", excerpt=found.excerpt),
        cited(found.source),
    ]
    return Say(text="\n".join(lines), payload=sources_payload((found.source,)))
