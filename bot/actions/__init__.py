"""The actions of the dialogue engine, by name. Each is thin: it reads the tracker, asks the rooms below, returns
messages."""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from bot import answers, contact, course, interview, passing_on
from bot.actions import forms
from bot.actions.protocol import LISTEN, ActionCall, ActionReply, follow_up, reply, slot, slot_events
from bot.listening import listen
from bot.messages import Effect, Erase, OpenHandover, shows
from bot.opco import about_opco
from bot.refining import refine
from bot.repeating import vary
from bot.rephrasing import keep_said
from bot.reviewing import doubtful
from bot.state import State
from bot.turn import BotServices, Turn
from bot.wording import speaking
from knowledge.errors import NotFound

Plain = Callable[[Turn], tuple[tuple[Effect, ...], State]]


def run(call: ActionCall, services: BotServices) -> ActionReply:
    """Run the action that the engine asks for. Raises NotFound for an unknown one."""
    with speaking(simple=call.slot_state().memory.simple):
        return _run(call, services)


def _run(call: ActionCall, services: BotServices) -> ActionReply:
    if call.next_action == "action_understand":
        return _understand(call, services)
    if call.next_action in _FORMS:
        return _with_doubt(call, _FORMS[call.next_action](call, services))
    if call.next_action in _PLAIN:
        return _with_doubt(call, _plain(call, services))
    raise NotFound(field="next_action")


def _with_doubt(call: ActionCall, made: ActionReply) -> ActionReply:
    """The reply, and the message that may have been misread. The engine drops what `action_understand` says."""
    doubt = doubtful(call.heard(), call.sent_state(), call.metadata)
    if doubt is None:
        return made
    return made.model_copy(update={"responses": [*made.responses, *reply((doubt,), []).responses]})


def _understand(call: ActionCall, services: BotServices) -> ActionReply:
    if call.slot_state().memory.heard_seq == call.metadata.seq:
        # A form that begins has the message heard again: what the actions before it noted must stay.
        return reply((), [])
    state = listen(call.heard(), call.sent_state(), call.metadata, services.catalogue)
    state = state.note(heard_seq=call.metadata.seq)
    return reply((state.remember(),), slot_events(call.tracker.slots, state))


def _plain(call: ActionCall, services: BotServices) -> ActionReply:
    turn = Turn(call.metadata, call.heard(), call.slot_state(), services)
    effects, state = about_opco(turn, turn.state) or refine(turn, turn.state) or _PLAIN[call.next_action](turn)
    if not effects:
        # Nothing to say by itself: the interview goes on with what was heard.
        state = state.note(resumed_seq=call.metadata.seq)
        return reply((state.remember(),), [*slot_events(call.tracker.slots, state), follow_up("interview_form")])
    effects, state = vary(effects, state)
    state = keep_said(state.note(answered_seq=call.metadata.seq), call.metadata.seq)
    events = slot_events(call.tracker.slots, state)
    return reply((state.remember(), *effects), [*events, *_what_next(call, effects, state)])


def _what_next(call: ActionCall, effects: tuple[Effect, ...], state: State) -> list[dict[str, JsonValue]]:
    """After a handover the contact is asked; after an answer the interrupted form goes on; else the person speaks."""
    if any(isinstance(effect, OpenHandover) for effect in effects) and not state.memory.contact_done:
        return [follow_up("contact_form")]
    erased = any(isinstance(effect, Erase) for effect in effects)
    if call.next_action == "action_restart" or _is_left(call) or erased:
        return [{"event": "active_loop", "name": None}, slot("requested_slot", None), follow_up(LISTEN)]
    if call.active_form and not shows(effects, "question"):
        return [follow_up(call.active_form)]
    return [follow_up(LISTEN)]


def _is_left(call: ActionCall) -> bool:
    return call.active_form is not None and call.heard().intent == "cancel"


_FORMS: Mapping[str, Callable[[ActionCall, BotServices], ActionReply]] = {
    "validate_interview_form": forms.validator("interview_form", interview.advance),
    "validate_contact_form": forms.validator("contact_form", contact.advance),
}
_PLAIN: Mapping[str, Plain] = {
    "action_answer": answers.answer,
    "action_converse": course.converse,
    "action_settle": course.settle,
    "action_restart": course.start_again,
    "action_handover": passing_on.hand_over,
    "action_fallback": passing_on.not_understood,
}
