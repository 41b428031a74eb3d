"""The forms: who answers a message while a question is pending, and what is asked next."""

from collections.abc import Callable, Mapping

from bot import needs
from bot.actions.protocol import LISTEN, ActionCall, ActionReply, follow_up, reject, reply, slot, slot_events
from bot.answers import ANSWERS
from bot.intents import FREE_ANSWERS, REFUSALS
from bot.interview import Step
from bot.profile import FIELDS
from bot.repeating import vary
from bot.rephrasing import keep_said
from bot.turn import BotServices, Turn

# Free text may answer these, so a message that no intent fits is read as their answer.
FREE_TEXT_FIELDS = frozenset({"target_job", "current_job", "first_name"})
# Requests that are answered before the pending question, even when the message also answers it.
ANSWERED_FIRST = frozenset(ANSWERS) | {
    "talk_to_human",
    "book_appointment",
    "distress",
    "erase_data",
    "restart",
    "complain",
    "insult",
}
_FORM_ANSWERS: Mapping[str, frozenset[str]] = {
    "interview_form": FREE_ANSWERS - {"nlu_fallback", "greet", "out_of_scope"},
    "contact_form": frozenset({"inform", "correct"}),
}


def validator(form: str, advance: Callable[[Turn], Step]) -> Callable[[ActionCall, BotServices], ActionReply]:
    """The `validate_<form>` action around `advance`."""

    def validate(call: ActionCall, services: BotServices) -> ActionReply:
        state = call.slot_state()
        returning = state.memory.answered_seq == call.metadata.seq
        turn = Turn(call.metadata, call.heard(), state, services, returning=returning)
        if not returning and not _is_for_form(form, turn, active=call.active_form == form):
            return reply((), [slot("memory", state.memory.model_dump(mode="json")), reject(form)])
        step = advance(turn)
        effects, after = vary(step.effects, step.state)
        after = keep_said(after, call.metadata.seq)
        events = slot_events(call.tracker.slots, after)
        # A form that sets no slot but the requested one would be taken for a form that was not answered.
        events = events or [slot("memory", after.memory.model_dump(mode="json"))]
        events.append(slot("requested_slot", step.asked_field))
        if step.asked_field is None:
            events.append(follow_up(LISTEN))
        return reply((after.remember(), *effects), events)

    return validate


def _is_for_form(form: str, turn: Turn, *, active: bool) -> bool:
    """Whether this message goes on with the form; if not, the rule of its intent answers it first."""
    intent = turn.heard.intent
    if turn.state.memory.resumed_seq == turn.metadata.seq:
        return True
    if intent in ANSWERED_FIRST or (turn.state.memory.pending is not None and intent in REFUSALS | {"affirm"}):
        return False
    if intent in _FORM_ANSWERS[form] or not active:
        return True
    asked = turn.asked_field
    if asked is None:
        return False
    filled = (asked, *(needs.FACTS if asked == needs.ASKED_AS else ()))
    answered = any(turn.state.evidence.get(name) == [turn.metadata.seq] for name in filled)
    refused = asked in turn.state.memory.refused and intent in REFUSALS - {"cancel"}
    free_text = asked in FREE_TEXT_FIELDS and intent in {"nlu_fallback", "out_of_scope"}
    bare_yes = intent == "affirm" and FIELDS[asked].type != "bool"
    return answered or refused or free_text or bare_yes
