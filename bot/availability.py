"""Whether someone of the hub is there, in words: said to who asks for a person, so that nobody waits for nothing."""

from collections.abc import Sequence
from datetime import date

from pydantic import JsonValue

from bot.messages import HandoverReason
from bot.opening_hours import moment
from bot.profile import too_young_for_contact
from bot.wording import say
from knowledge.hubs.availability import Availability, SomeoneHere


def honest_exit(found: Availability, reasons: Sequence[HandoverReason], age: JsonValue, today: date) -> str:
    """Who is there and, when nobody is, what can be done. Nobody in distress is asked to wait; no contact is asked of
    a child."""
    if isinstance(found, SomeoneHere):
        return say("availability.here")
    if "distress" in reasons:
        return say("availability.distress")
    sentences = [say("availability.nobody_but_open" if found.is_open else "availability.nobody")]
    if found.next_opening is not None:
        sentences.append(say("availability.opens", when=moment(found.next_opening, today)))
    if not too_young_for_contact(age):
        sentences.append(say("availability.exits"))
    return " ".join(sentences)
