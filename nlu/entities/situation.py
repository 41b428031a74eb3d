"""Status and contract of the person, as they are: not wished for, not denied, not someone else's."""

import re
from collections.abc import Iterator

from nlu.entities.clauses import clause, is_denied, is_of_someone_else
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, lexicon, matches, rules
from nlu.entities.text import Folded
from nlu.understanding import Context

_SHORT = 6
_ABBREVIATED = re.compile(
    r"\bDE\b(?=\s*(?:$|[.;]|,\s*\d|[àa]\s|au\s|inscrit|depuis|non |indemnis|longue|de longue|\d))"
)


def find_situation(message: Folded, context: Context) -> Iterator[Found]:
    """Status and contract type."""
    for entity in ("status", "contract_type"):
        for value, start, end in matches("situation", entity, message.folded):
            answered = context.asked_field == entity and len(message.tokens) < _SHORT
            if (answered and not is_denied(message, start, end)) or _is_so(message, entity, value, start, end):
                yield Found(entity, value, start, end)
    yield from _abbreviated(message)


def _is_so(message: Folded, entity: str, value: str, start: int, end: int) -> bool:
    words = message.folded[start:end]
    if "pas" not in words and "sans" not in words and "plus" not in words and is_denied(message, start, end):
        return False
    if value != "employer" and is_of_someone_else(message, start, end):
        return False
    before, after = clause(message, start, end)
    near = f"{before[-60:]}@{after[:20]}"
    if any_match((*rules("situation", "at_another_time"), *rules("situation", "asked_about")), near):
        return False
    if re.search(lexicon("situation")["held"], before):
        return True
    if value != "employer" and any_match(rules("situation", "wished"), near):
        return False
    return entity != "status" or not any_match(rules("situation", "general"), near)


def _abbreviated(message: Folded) -> Iterator[Found]:
    """«DE à Toul», «DE depuis 14 mois»: demandeur d'emploi, in capitals where the rest is not."""
    if message.shouted:
        return
    for token in message.tokens:
        if token.text != "de" or message.written(token.start, token.end) != "DE":
            continue
        before = message.before(token.start, 12).strip()
        start, _ = message.span(token.start, token.end)
        if _ABBREVIATED.match(message.text, start) and (not before or before[-1] in ",.;:(" or before.endswith("suis")):
            yield Found("status", "jobseeker", token.start, token.end)
