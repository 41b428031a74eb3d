"""Fields of activity one works or trains in, as said."""

import re
from collections.abc import Iterator

from nlu.entities.found import Found
from nlu.entities.lexicons import denied, lexicon
from nlu.entities.text import Folded
from nlu.understanding import Context

_BEFORE = re.compile(
    r"(?:dans|en|de|du|d'|secteur|domaine|filiere|branche|vers|pour|quitter|l'|la|le|les|:|,|^)"
    r"\s*(?:le |la |l'|les |des )?$"
)


def find_sectors(message: Folded, _context: Context) -> Iterator[Found]:
    """Sectors of the message: the words as written, in lower case."""
    for name in lexicon("sectors")["names"]:
        for match in re.finditer(rf"\b{name}\b", message.folded):
            if _BEFORE.search(message.before(match.start())) and not denied(message, match.start()):
                yield Found("sector", message.text[match.start() : match.end()].lower(), *match.span())
