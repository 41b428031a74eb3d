"""Where the person lives, among the places of a message: not where someone waits for them or a training takes place."""

import re
from collections.abc import Iterator

from bot.folding import fold
from bot.spotting import home_words
from bot.state import State
from bot.turn import Heard

_INSEE = 5


def home_of(heard: Heard, sent: State, asked: str | None) -> str | None:
    """The commune where the person lives, by its INSEE code; None where the message does not tell."""
    places = list(_places(heard))
    told = [code for code, before in places if re.search(home_words()["home"], before)]
    if told:
        return told[-1]
    if asked != "location":
        places = [(code, before) for code, before in places if not re.search(home_words()["not_home"], before)]
    plain = [code for code, before in places if not re.search(home_words()["at_work"], before)]
    if plain:
        return plain[-1]
    # Where one works is near enough, until the home is known.
    return places[-1][0] if places and not sent.knows("location") else None


def _places(heard: Heard) -> Iterator[tuple[str, str]]:
    """Each commune of the message, with what stands before it."""
    start = 0
    for one in sorted(heard.entities, key=lambda entity: entity.start):
        if one.entity == "location" and isinstance(one.value, str) and len(one.value) == _INSEE:
            yield one.value, fold(heard.text[start : one.start])
            start = one.end
