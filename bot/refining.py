"""«Autre chose», «pourquoi celle-là ?», «plus près», «moins long», «laquelle choisir ?»: what is said of the
certifications just shown, without starting over."""

from bot import job_ideas, proposals
from bot.asking import menu, offer_handover
from bot.comparing import compare
from bot.helpers import who_helps
from bot.messages import Effect, Say
from bot.sessions import sessions
from bot.state import State
from bot.turn import Turn
from bot.wondering import asks
from bot.wording import say

EXPLAINED = 3
# What a message that asks to see the list again may be taken for.
_ASKING = frozenset({"ask_info", "ask_certification", "get_summary"})
# Whatever the words, these are heard first.
_NEVER = frozenset({"distress", "talk_to_human", "book_appointment", "erase_data", "restart", "insult"})

Answer = tuple[tuple[Effect, ...], State]


def refine(turn: Turn, state: State) -> Answer | None:
    """The answer to a message about what was just proposed; None when it is about something else."""
    if turn.metadata.choice is not None or turn.heard.intent in _NEVER:
        return None
    if _asks_for_company(turn) and not turn.heard.values("topic") and not _tells_something(turn, state):
        return who_helps(turn, state)
    if compared := compare(turn, state):
        return compared
    if not state.memory.proposed:
        return _other_jobs(turn, state)
    if turn.heard.intent in _ASKING and asks("list", turn.heard.text) and not turn.heard.entities:
        return proposals.certifications(turn, state, again=True)
    if asks("why", turn.heard.text):
        return _why(turn, state)
    if asks("others", turn.heard.text) and not _tells_something(turn, state):
        return _others(turn, state)
    if asks("shorter", turn.heard.text) and not _tells_something(turn, state):
        return _shorter(turn, state)
    if asks("nearer", turn.heard.text) and not _tells_something(turn, state):
        return _nearer(turn, state)
    return None


def _asks_for_company(turn: Turn) -> bool:
    """Whether somebody to lean on is asked for, and not only money."""
    text = turn.heard.text
    return asks("who_helps", text) and not asks("who_pays", text) and turn.heard.intent != "ask_funding"


def _tells_something(turn: Turn, state: State) -> bool:
    """Whether the message says or refuses something («un bac, pas d'autre diplôme»): the interview answers it."""
    learnt = any(seqs == [turn.metadata.seq] for name, seqs in state.evidence.items() if name != "project")
    return learnt or turn.heard.intent == "deny" or turn.heard.first("job", "target", None) is not None


def _why(turn: Turn, state: State) -> Answer:
    reasons = proposals.reasons(turn, state)[:EXPLAINED]
    lines = [say("proposals.because", title=title, why=" ; ".join(why)) for title, why in reasons if why]
    return (Say(text="\n".join([say("proposals.why"), *lines, say("proposals.why_ending")])),), state


def _other_jobs(turn: Turn, state: State) -> Answer | None:
    """Other jobs than those listed, for who was shown nothing else yet."""
    if not state.memory.jobs_seen or not asks("others", turn.heard.text) or _tells_something(turn, state):
        return None
    said, state = job_ideas.other_jobs(turn, state)
    return (said or (menu(say("proposals.no_more_jobs"), "talk_to_human", "find_training"),)), state


def _others(turn: Turn, state: State) -> Answer:
    said, state = proposals.others(turn, state)
    if said:
        return said, state
    return (menu(say("proposals.no_more"), "talk_to_human", "change_career", "ask_funding"),), state


def _shorter(turn: Turn, state: State) -> Answer:
    """The shortest published trainings; without any, what can make the way shorter, and the diplomas a step below."""
    if offered := sessions(turn, state, state.memory.proposed, wish="shorter"):
        return (offered,), state
    said, after = proposals.below(turn, state)
    if said:
        return (Say(text=say("proposals.shorter")), *said), after
    text = f"{say('proposals.shorter')} {say('proposals.no_shorter')}"
    return (menu(text, "talk_to_human", "validate_experience", "explore_jobs"),), state


def _nearer(turn: Turn, state: State) -> Answer:
    """The published trainings nearest first; without any, that none is known here, and a person who can look."""
    if offered := sessions(turn, state, state.memory.proposed, wish="nearer"):
        return (offered,), state
    if turn.metadata.owner != "bot":
        return (Say(text=say("sessions.none")),), state
    ask, state = offer_handover("asked", say("sessions.none_near"), state)
    return (ask,), state
