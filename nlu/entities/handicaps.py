"""The person's own handicap: sensitive, so only where they clearly speak of themselves."""

import re
from collections.abc import Iterator
from functools import cache

from nlu.entities.clauses import is_denied, is_of_someone_else, sentence
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, lexicon, rules
from nlu.entities.text import Folded
from nlu.understanding import Context


def find_handicaps(message: Folded, context: Context) -> Iterator[Found]:
    """`disability` where it is the person's own; what is only asked about is a topic."""
    for match in _words().finditer(message.folded):
        start, end = match.span()
        before, after = sentence(message, start, end)
        near = f"{before[-70:]}@{after[:40]}"
        if is_denied(message, start, end) or is_of_someone_else(message, start, end):
            continue
        if any_match(rules("handicaps", "own"), near) and not any_match(rules("handicaps", "general"), near):
            yield Found("disability", "true", start, end)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lexicon('handicaps')['words'])})(?!\w)")
