"""How the person wants the course: on site or not, when, and with work."""

import re
from collections.abc import Iterator

from nlu.entities.clauses import clause, is_denied, is_of_someone_else, sentence
from nlu.entities.found import Found
from nlu.entities.lexicons import lexicon, matches, rules
from nlu.entities.text import Folded
from nlu.understanding import Context

_HOURS = frozenset({"evening", "weekend", "full_time", "part_time", "onsite", "remote"})


def find_modalities(message: Folded, context: Context) -> Iterator[Found]:
    """Modalities of the message."""
    for value, start, end in matches("modalities", "modality", message.folded):
        if not is_denied(message, start, end) and _is_of_the_course(message, context, value, start, end):
            yield Found("modality", value, start, end, weight=-6 if value in {"work_based", "apprenticeship"} else 0)
    for pattern in rules("modalities", "keeps_working"):
        for match in pattern.finditer(message.folded):
            start, end = match.start(), match.start() + len(match.group().rstrip())
            yield Found("modality", "evening", start, end)
            yield Found("modality", "part_time", start, end)


def _is_of_the_course(message: Folded, context: Context, value: str, start: int, end: int) -> bool:
    if context.asked_field == "modality":
        return True
    before, after = sentence(message, start, end)
    if re.search(lexicon("modalities")["asked_about"], before + after):
        return False
    if is_of_someone_else(message, start, end) and value not in {"work_based", "apprenticeship"}:
        return False
    near, _ = clause(message, start, end)
    return value not in _HOURS or not re.search(rf"\b(?:{lexicon('modalities')['not_the_course']})\b", near)
