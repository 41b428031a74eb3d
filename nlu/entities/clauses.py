"""Clauses of a message: where they end, whether a fact in them is denied, and whether it is about someone else."""

import re
from functools import cache, lru_cache

from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded

_NEAR = 45


def clause(message: Folded, start: int, end: int) -> tuple[str, str]:
    """What stands before and after `[start, end)` in its clause."""
    first, last = 0, len(message.folded)
    for boundary in _boundaries(message.folded):
        if boundary[1] <= start:
            first = boundary[1]
        elif boundary[0] >= end:
            last = boundary[0]
            break
    return message.folded[first:start], message.folded[end:last]


def sentence(message: Folded, start: int, end: int) -> tuple[str, str]:
    """What stands before and after `[start, end)` in its sentence."""
    before = re.split(r"[.!?;\n](?=\s)|\n", message.folded[:start])[-1]
    after = re.split(r"[.!?;](?=\s|$)|\n", message.folded[end:], maxsplit=1)[0]
    return before, after


def is_denied(message: Folded, start: int, end: int) -> bool:
    """Whether the fact at `[start, end)` is denied, given up or replaced: «pas Reims, Rethel»."""
    before, after = clause(message, start, end)
    near = before[-_NEAR:]
    if _rule("denied_before").search(near) and not _rule("not_denied").search(near):
        return True
    return _rule("denied_after").match(after) is not None


def is_of_someone_else(message: Folded, start: int, end: int) -> bool:
    """Whether the clause speaks of another person than the one whose situation it is before it comes to
    `[start, end)`."""
    before, _ = clause(message, start, end)
    if message.for_another or _rule("on_behalf").search(message.folded):
        return _rule("of_the_writer").search(before) is not None
    if _rule("about_me").search(before):
        return False
    return any(pattern.search(before) for pattern in _others())


def is_of_a_relative(message: Folded, start: int, end: int) -> bool:
    """Whether a relative or a friend is the subject of what is said at `[start, end)`: «mon mari gagne 2000 €»."""
    before, _ = clause(message, start, end)
    return _rule("relatives").search(before) is not None


def is_of_the_writer(message: Folded, start: int, end: int) -> bool:
    """Whether the person who writes is the subject of what is said at `[start, end)`: «moi je suis retraitée»."""
    before, _ = clause(message, start, end)
    return _rule("of_the_writer").search(before) is not None


def is_said_instead(message: Folded, end: int, start: int) -> bool:
    """Whether what stands at `start` is said instead of what ended at `end`: «900… euh non 1900»."""
    return end <= start and _rule("instead").match(message.folded[end:start]) is not None


@lru_cache(maxsize=8)
def _boundaries(folded: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _rule("boundaries").finditer(folded))


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("clauses")[name])


@cache
def _others() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon("clauses")["others"])
