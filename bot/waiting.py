"""What is said to who waits for a counsellor for long: to wait on, to be called back, an appointment, or to go on with
the assistant."""

from collections.abc import Sequence
from typing import Final

from pydantic import JsonValue

from bot.messages import Choice, ChoiceMeaning, Say
from bot.profile import too_young_for_contact
from bot.state import State
from bot.wording import say

CALL_BACK: Final = "call_back"
_CONTACT = ("first_name", "phone", "email")


def long_wait(reasons: Sequence[str], age: JsonValue) -> Say:
    """The message and its buttons. Someone in distress is given no choice but to call; no contact is asked of a
    child."""
    if "distress" in reasons:
        return Say(text=say("waiting.distress"))
    ways = ["wait", CALL_BACK, "appointment", "go_on"]
    if too_young_for_contact(age):
        ways = ["wait", "go_on"]
    choices = tuple(Choice(id=way, label=say(f"waiting.{way}"), meaning=_MEANINGS[way]) for way in ways)
    return Say(kind="question", text=say("waiting.long"), payload={"field": None}, choices=choices)


def way_chosen(choice: ChoiceMeaning | None) -> str | None:
    """Which of these buttons the person touched; None for anything else."""
    way = choice.data.get("waiting") if choice is not None else None
    return way if isinstance(way, str) else None


def ask_contact_again(state: State) -> State:
    """The state in which the contact is asked, even of who did not give it before."""
    asked = {name: times for name, times in state.memory.asked.items() if name not in _CONTACT}
    refused = tuple(name for name in state.memory.refused if name not in _CONTACT)
    return state.note(contact_done=False, asked=asked, refused=refused)


_MEANINGS = {
    "wait": ChoiceMeaning(intent="talk_to_human", data={"waiting": "wait"}),
    CALL_BACK: ChoiceMeaning(intent="talk_to_human", data={"waiting": CALL_BACK}),
    "appointment": ChoiceMeaning(intent="book_appointment", data={"waiting": "appointment"}),
    "go_on": ChoiceMeaning(intent="cancel"),
}
