"""Jobs named in a message, linked to ROME, and whose they are: the person's own, past, or aimed at."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.search.jobs import JobFinder, JobSpan
from nlu.entities.found import Found
from nlu.entities.lexicons import denied, lexicon
from nlu.entities.text import Folded
from nlu.understanding import Candidate, Context

_CANDIDATES = 5
_TRUSTED_MISSPELLING = 0.6
_WIDTH = 60


class JobReader:
    """Finds jobs by their titles, exact first, then with their spelling corrected where a job is announced."""

    def __init__(self, finder: JobFinder) -> None:
        self._finder = finder

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Jobs of the message with their roles."""
        exact = self._finder.spot(message.text)
        taken = [(span.start, span.end) for span in exact]
        for span in exact:
            if found := self._found(message, context, span):
                yield found
        for span in self._finder.spot_misspelt(message.text):
            free = not any(span.start < end and start < span.end for start, end in taken)
            announced = _role(message, context, span) is not None or context.asked_field in {
                "target_job",
                "current_job",
            }
            trusted = free and announced and span.hits[0].score >= _TRUSTED_MISSPELLING
            if trusted and (found := self._found(message, context, span)):
                yield found

    def _found(self, message: Folded, context: Context, span: JobSpan) -> Found | None:
        words = message.folded[span.start : span.end]
        role = _role(message, context, span)
        if denied(message, span.start) or (words in _ordinary() and role is None):
            return None
        best = span.hits[0]
        candidates = tuple(Candidate(hit.rome, hit.label, round(hit.score, 3)) for hit in span.hits[:_CANDIDATES])
        return Found("job", best.rome, span.start, span.end, role, round(best.score, 3), candidates)


def _role(message: Folded, context: Context, span: JobSpan) -> str | None:
    before, after = message.before(span.start, _WIDTH), message.after(span.end, _WIDTH)
    # Only the clause that the job stands in tells its role.
    clause = re.split(r"[.;!?]|, (?:et|mais)?", before)[-1]
    for role in ("target", "past", "current"):
        if any(pattern.search(clause) for pattern in _roles(role)):
            return role
    if any(pattern.match(after) for pattern in _roles("current_after")):
        return "current"
    if context.asked_field == "target_job":
        return "target"
    if context.asked_field == "current_job":
        return "current"
    whole = message.folded.strip()
    if (
        not message.before(span.start).strip(" -")
        and re.match(r"\s*(?:,|en cdi|en cdd|depuis|a |au |dans )", after)
        and len(whole) > span.end
    ):
        return "current"
    return None


@cache
def _roles(role: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon("job_roles")[role])


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(lexicon("job_roles")["ordinary_words"])
