"""Fields of activity one works or trains in, as said."""

import re
from collections.abc import Iterator
from functools import cache

from nlu.entities.clauses import is_denied
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, lexicon, rules
from nlu.entities.text import Folded, fold
from nlu.understanding import Context


def find_sectors(message: Folded, context: Context) -> Iterator[Found]:
    """Sectors of the message: the words as written, in lower case."""
    alone = context.asked_field in {"sector", "activity", "target_job", "project"} and len(message.tokens) < 5
    for match in _names().finditer(message.folded):
        near = f"{message.before(match.start())}@{message.after(match.end(), 20)}"
        if not (alone or any_match(rules("sectors", "announced"), near)) or any_match(rules("sectors", "not"), near):
            continue
        if not is_denied(message, *match.span()):
            written = message.written(*match.span()).lower()
            yield Found("sector", written if fold(written) == match.group() else match.group(), *match.span())


@cache
def _names() -> re.Pattern[str]:
    names = sorted(lexicon("sectors")["names"], key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?![\w-])")
