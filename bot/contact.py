"""How the hub can reach the person: asked once a counsellor is wanted, briefly, and never insisted on."""

from bot.asking import question
from bot.interview import Step
from bot.messages import Say
from bot.profile import too_young_for_contact
from bot.state import State
from bot.turn import Turn
from bot.wording import say

CONTACT_ORDER = ("first_name", "phone", "email")


def advance(turn: Turn) -> Step:
    """Ask for the next contact detail, or close: reachable, refused, or too young to be asked."""
    state = turn.state
    if too_young_for_contact(state.number("age")):
        return Step((Say(text=say("contact.too_young")),), None, state.note(contact_done=True, asked_field=None))
    field = next_field(state)
    if field is None:
        return Step((Say(text=say(_closing_key(state))),), None, state.note(contact_done=True, asked_field=None))
    said: list[Say] = []
    if turn.minor_age is not None and not state.memory.asked.get("first_name"):
        said.append(Say(text=say("contact.minor")))
    asked = state.memory.asked | {field: state.memory.asked.get(field, 0) + 1}
    return Step(
        (*said, question(field, turn.services.catalogue)),
        field,
        state.note(asked=asked, asked_field=field),
    )


def next_field(state: State) -> str | None:
    """The contact detail to ask for; an e-mail only when no phone number is known."""
    for field in CONTACT_ORDER:
        if field == "email" and state.knows("phone"):
            return None
        done = state.knows(field) or field in state.memory.refused or state.memory.asked.get(field, 0) > 1
        if not done and not (field == "phone" and state.knows("email")):
            return field
    return None


def _closing_key(state: State) -> str:
    return "contact.reachable" if state.knows("phone") or state.knows("email") else "contact.unreachable"
