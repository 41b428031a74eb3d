"""Whose facts a message tells: those of the person whose training it is, not those of who writes for them or of a
relative."""

from collections.abc import Callable

from bot.spotting import speaks_for_another, speaks_for_oneself
from bot.state import State
from bot.turn import Heard
from nlu.entities.clauses import is_of_a_relative, is_of_the_writer
from nlu.entities.text import Folded

_OF_SOMEBODY = frozenset(
    {
        *("age", "status", "contract_type", "education_level", "certification"),
        *("duration", "disability", "person_name", "amount"),
    }
)
# What is wanted is told by whoever writes.
_ROLES_HELD = frozenset({"current", "past"})


def for_whom(text: str, sent: State) -> str | None:
    """The `beneficiary` of the profile that a message tells, or None."""
    if speaks_for_another(text):
        return "other"
    return "self" if sent.knows("beneficiary") and speaks_for_oneself(text) else None


def own(heard: Heard, *, for_another: bool) -> Heard:
    """The message with the facts of that person only; `for_another` is whether somebody else writes."""
    message = Folded.of(heard.text)
    of_others = is_of_the_writer if for_another else is_of_a_relative
    kept = tuple(one for one in heard.entities if not _is_elsewhere(one, message, of_others))
    return heard.model_copy(update={"entities": kept, "text": _without_others(message, of_others)})


def _without_others(message: Folded, of_others: Callable[[Folded, int, int], bool]) -> str:
    """The text with the words said of others blanked; every letter stays in its place."""
    letters = list(message.text)
    for token in message.tokens:
        if of_others(message, token.start, token.end):
            start, end = message.span(token.start, token.end)
            letters[start:end] = " " * (end - start)
    return "".join(letters)


def _is_elsewhere(one: Heard.Entity, message: Folded, of_others: Callable[[Folded, int, int], bool]) -> bool:
    told = one.entity in _OF_SOMEBODY or (one.entity == "job" and one.role in _ROLES_HELD)
    told = told or (one.entity == "location" and of_others is is_of_a_relative)
    if not told or one.end == 0:
        return False
    start = message.place(one.start)
    return of_others(message, start, start + one.end - one.start)
