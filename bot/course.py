"""The course of the conversation: greetings, thanks, complaints, yes and no, starting again, leaving."""

from collections.abc import Callable, Mapping

from bot import funding_again
from bot.asking import menu, offer_handover, question, yes_no
from bot.messages import Effect, Erase, OpenHandover, Say, Withdraw
from bot.proposals import aims
from bot.state import Memory, State
from bot.turn import Turn
from bot.wording import say

Answer = tuple[tuple[Effect, ...], State]
_ENTRIES = ("find_training", "change_career", "validate_experience", "talk_to_human")
_CONTACT = ("first_name", "email", "phone")
_NO_IDEA = "no_idea"


def converse(turn: Turn) -> Answer:
    """What is said to a message that is about the conversation itself."""
    return _CONVERSE[turn.heard.intent](turn, turn.state)


def settle(turn: Turn) -> Answer:
    """What yes, no, «I do not know» and «stop» lead to, given what was pending."""
    state = turn.state.note(pending=None, pending_reason=None)
    pending = turn.state.memory.pending
    if turn.heard.intent == "cancel":
        return _cancel(turn, state)
    if pending is not None and turn.heard.intent == "affirm":
        return _ACCEPTED[pending](turn, state)
    if pending is not None:
        return (Say(text=say(f"course.declined.{pending}")),), state
    if plan := funding_again.again(turn, state):
        return plan
    if turn.heard.intent != "affirm" and goes_on(state):
        return (), state
    if turn.heard.intent == "dont_know" and _NO_IDEA not in state.memory.told:
        return (menu(say("course.dont_know"), *_ENTRIES),), state.note(told=(*state.memory.told, _NO_IDEA))
    if turn.heard.intent == "dont_know" and not state.memory.asked.get("target_job"):
        # Who has no idea, twice, is asked what they like.
        ask = question("target_job", turn.services.catalogue, wording="target_job_open")
        return (ask,), state.note(asked={**state.memory.asked, "target_job": 1}, asked_field="target_job")
    return (menu(say(f"course.{turn.heard.intent}"), *_ENTRIES),), state


def goes_on(state: State) -> bool:
    """Whether there is an interview to go on with: something is aimed at, or a project was told."""
    return aims(state) != () or state.text("project") is not None


def start_again(turn: Turn) -> Answer:
    """Ask once before forgetting what was said of the project."""
    if turn.state.profile:
        ask = yes_no(say("course.restart_confirm"), yes="course.restart_yes", no="course.restart_no")
        return (ask,), turn.state.note(pending="restart")
    return _restart(turn, turn.state)


def _greet(turn: Turn, state: State) -> Answer:
    return (menu(say("course.greet"), *_ENTRIES),), state


def _say_only(key: str) -> Callable[[Turn, State], Answer]:
    return lambda _turn, state: ((Say(text=say(key)),), state)


def _goodbye(turn: Turn, state: State) -> Answer:
    return (Say(text=say("course.goodbye")),), state.note(ended_seq=turn.metadata.seq)


def _complain(turn: Turn, state: State) -> Answer:
    failures = state.memory.misunderstood + 1
    state = state.note(misunderstood=failures)
    if turn.metadata.owner != "bot":
        return (Say(text=say("course.complain_waiting")),), state
    ask, state = offer_handover("complaint", say("course.complain"), state)
    return (ask,), state


def _erase(turn: Turn, state: State) -> Answer:
    ask = yes_no(say("course.erase_confirm"), yes="course.erase_yes", no="course.erase_no")
    return (ask,), state.note(pending="erase")


def _cancel(turn: Turn, state: State) -> Answer:
    if turn.metadata.owner == "waiting":
        return (Withdraw(), Say(text=say("course.withdrawn"))), state.note(contact_done=True)
    return (menu(say("course.cancelled"), *_ENTRIES),), state


def _accept_handover(turn: Turn, state: State) -> Answer:
    reason = turn.state.memory.pending_reason or "asked"
    return (OpenHandover(reasons=(reason,), text=say("handover.opened")),), state


def _accept_erase(turn: Turn, state: State) -> Answer:
    return (Say(text=say("course.erased")), Erase()), state


def _restart(turn: Turn, state: State) -> Answer:
    kept = state.forget(*(name for name in state.profile if name not in _CONTACT))
    fresh = State(kept.profile, kept.evidence, Memory(answered_seq=turn.metadata.seq, simple=state.memory.simple))
    return (menu(say("course.restarted"), *_ENTRIES),), fresh


_ACCEPTED: Mapping[str, Callable[[Turn, State], Answer]] = {
    "offer_handover": _accept_handover,
    "erase": _accept_erase,
    "restart": _restart,
}
_CONVERSE: Mapping[str, Callable[[Turn, State], Answer]] = {
    "greet": _greet,
    "goodbye": _goodbye,
    "thank": _say_only("course.thank"),
    "insult": _say_only("course.insult"),
    "out_of_scope": _say_only("course.out_of_scope"),
    "complain": _complain,
    "erase_data": _erase,
}
