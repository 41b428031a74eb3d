"""Status, contract, disability and the wished-for rhythm, from patterns."""

from collections.abc import Iterator

from nlu.entities.found import Found
from nlu.entities.lexicons import find_patterns
from nlu.entities.text import Folded
from nlu.understanding import Context

# «me mettre à mon compte» is a wish, not a status; so is «devenir fonctionnaire».
_WISHES = ("me mettre ", "m'installer ", "devenir ", "passer ", "mettre ", "lancer ", "etre ")
# Words that cannot both work and learn at once mean an evening, part-time course.
_KEEPS_WORKING = ("sans arreter", "tout en", "en gardant", "a cote de")


def find_situation(message: Folded, context: Context) -> Iterator[Found]:
    """Facts on the person's situation."""
    for found in find_patterns(message, "situation"):
        if found.entity == "status" and message.before(found.start, 14).endswith(_WISHES):
            continue
        yield found
        words = message.folded[found.start : found.end]
        if found.entity == "modality" and words.startswith(_KEEPS_WORKING):
            yield Found("modality", "part_time", found.end, found.end)
