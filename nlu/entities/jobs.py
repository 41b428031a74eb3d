"""Jobs named in a message, linked to ROME, and whose they are: the person's own, past, or aimed at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from knowledge.search.job_titles import key
from knowledge.search.jobs import JobFinder, JobHit, JobSpan
from knowledge.search.spelling import Speller
from knowledge.search.words import Word, content_words, located_words
from nlu.entities.clauses import clause, is_denied, is_of_someone_else, sentence
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, lexicon, rules
from nlu.entities.text import Folded
from nlu.understanding import Candidate, Context

_CANDIDATES = 5
_TRUSTED_MISSPELLING = 0.8
_TRUSTED_PHRASE = 0.62
_SURE_ALIAS = 0.9
_SHORTEST_MISSPELT = 5
_ASKED = {"target_job": "target", "current_job": "current"}
_ARTISAN = re.compile(r"artisane?s? (?=\w{4})")
_COORDINATED = re.compile(r"^\s?(?:,|ou|et|/|ou bien|,? ou peut-etre|,? ?soit)\s?(?:une? |de |d'|le |la )?$")
# What comes before a job that is said alone: «ok charpentier», «plutôt boucher».
_ALONE = re.compile(r"^\W*(?:ok|oui|d'accord|alors|bon|plutot|va pour|finalement|en fait|du coup)(?:\W+|$)")
_PHRASE = re.compile(r"[a-z][a-z' -]{4,50}")
_PHRASE_END = re.compile(
    r"\b(?:a|au|aux|en|dans|sur|pour|depuis|mais|et|avec|sans|chez|qui|que|je|j'|moi|svp|ou|pres|vers)\b|'\b(?=ai)"
)


class JobReader:
    """Finds jobs by their titles: exact first, then misspelt where a job is announced, then by shared words."""

    def __init__(self, finder: JobFinder, known: frozenset[str]) -> None:
        """`known` are folded French words that are no misspelt job."""
        self._finder = finder
        self._speller = Speller(
            (word for entry in lexicon("job_aliases") for n in entry["names"] for word in n.split()), known
        )
        self._aliases = _aliases(finder)
        self._longest = max((len(name.split()) for name in self._aliases), default=1)

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Jobs of the message with their roles; those given up are the person's job today."""
        previous: Found | None = None
        for span in self._spans(message, context):
            found = _job(message, context, span, previous)
            if found is not None:
                previous = found
                yield found

    def _spans(self, message: Folded, context: Context) -> list[JobSpan]:
        spans: list[JobSpan] = []
        for find in (self._sure, self._misspelt, self._phrases):
            for extra in find(message, context):
                if not any(extra.start < span.end and span.start < extra.end for span in spans):
                    spans.append(extra)
        return sorted(spans, key=lambda span: span.start)

    def _sure(self, message: Folded, _context: Context) -> list[JobSpan]:
        """Everyday names and exact titles, the longest first; of two equally long, the everyday name."""
        spans: list[JobSpan] = []
        for start, part in _parts(message.folded):
            found = [*self._named(located_words(part)), *self._finder.spot(part)]
            spans += [replace(span, start=span.start + start, end=span.end + start) for span in found]
        return sorted((_trimmed(message, span) for span in spans), key=lambda span: span.start - span.end)

    def _named(self, words: Sequence[Word]) -> Iterator[JobSpan]:
        place = 0
        while place < len(words):
            sizes = range(min(self._longest, len(words) - place), 0, -1)
            names = ((size, key([w.folded for w in words[place : place + size]])) for size in sizes)
            size, hits = next(((size, self._aliases[name]) for size, name in names if name in self._aliases), (0, ()))
            if size:
                yield JobSpan(words[place].start, words[place + size - 1].end, hits)
            place += max(size, 1)

    def _misspelt(self, message: Folded, context: Context) -> Iterator[JobSpan]:
        corrected = [replace(w, folded=self._speller.correct(w.folded)) for w in located_words(message.folded)]
        for span in (*self._finder.spot_misspelt(message.folded), *self._named(corrected)):
            if span.end - span.start < _SHORTEST_MISSPELT or span.hits[0].score < _TRUSTED_MISSPELLING:
                continue
            if context.asked_field in _ASKED or _announced().search(message.before(span.start)):
                yield span

    def _phrases(self, message: Folded, context: Context) -> Iterator[JobSpan]:
        for match in _cues().finditer(message.folded):
            if phrase := _phrase(message, match.end()):
                yield from self._resembling(message, *phrase)
        if context.asked_field in _ASKED and (phrase := _phrase(message, 0)):
            yield from self._resembling(message, *phrase)

    def _resembling(self, message: Folded, start: int, end: int) -> Iterator[JobSpan]:
        words = message.folded[start:end]
        hits: tuple[JobHit, ...] = self._finder.find(words, _CANDIDATES, by_meaning=False) if " " in words else ()
        if hits and hits[0].score >= _TRUSTED_PHRASE:
            yield JobSpan(start, end, hits)


def _parts(folded: str) -> Iterator[tuple[int, str]]:
    """The text between commas, with where it starts: «secrétaire, comptable» are two jobs."""
    start = 0
    for part in folded.split(", "):
        yield start, part
        start += len(part) + len(", ")


def _trimmed(message: Folded, span: JobSpan) -> JobSpan:
    """The job alone: «cheffe d'équipe dans la propreté» also names the sector, «artisan couvreur» the status."""
    words = message.folded[span.start : span.end]
    status, sector = _ARTISAN.match(words), words.find(" dans l")
    start = span.start + (status.end() if status else 0)
    return JobSpan(start, span.start + sector if sector > 0 else span.end, span.hits)


def _aliases(finder: JobFinder) -> dict[str, tuple[JobHit, ...]]:
    """Everyday names by key, with the jobs they stand for among those that are known."""
    table: dict[str, tuple[JobHit, ...]] = {}
    for entry in lexicon("job_aliases"):
        known = [code for code in entry["rome"] if code in finder.jobs]
        hits = tuple(
            JobHit(code, finder.jobs[code].label, round(_SURE_ALIAS - 0.1 * place, 2), entry["names"][0])
            for place, code in enumerate(known)
        )
        if hits:
            table.update({key(content_words(name)): hits for name in entry["names"]})
    return table


def _job(message: Folded, context: Context, span: JobSpan, previous: Found | None) -> Found | None:
    words = message.folded[span.start : span.end]
    near = message.before(span.start)
    if words in _never() or (words in _fields() and context.asked_field not in _ASKED):
        return None
    if words in _ordinary() and not _announced().search(near) and context.asked_field not in _ASKED:
        return None
    if (
        re.search(r"\b(?:dans|secteur|domaine|filiere|branche)\s(?:le |la |l'|les |du |de la )?$", near)
        and " " not in words
    ):
        return None
    role = _role(message, context, span, previous)
    if is_denied(message, span.start, span.end) and not (role == "current" and _is_given_up(message, span)):
        return None
    candidates = tuple(Candidate(hit.rome, hit.label, round(hit.score, 3)) for hit in span.hits[:_CANDIDATES])
    best = span.hits[0]
    return Found("job", best.rome, span.start, span.end, role, round(best.score, 3), candidates)


def _role(message: Folded, context: Context, span: JobSpan, previous: Found | None) -> str | None:
    before, after = clause(message, span.start, span.end)
    near = _near(before, after)
    if any_match(rules("job_roles", "given_up"), near):
        return "current"
    whole = "@".join(sentence(message, span.start, span.end))
    if any_match(rules("job_roles", "asked_about"), whole) or any_match(rules("job_roles", "of_staff"), near):
        return None
    if is_of_someone_else(message, span.start, span.end):
        return None
    if previous and _COORDINATED.match(message.folded[previous.end : span.start]):
        return previous.role
    if any_match(rules("job_roles", "plainly_current"), near):
        return "current"
    for role in ("target", "past", "current"):
        if any_match(rules("job_roles", role), near):
            return role
    return _ASKED.get(context.asked_field or "") or _role_by_place(message, span)


def _is_given_up(message: Folded, span: JobSpan) -> bool:
    return any_match(rules("job_roles", "given_up"), _near(*clause(message, span.start, span.end)))


def _near(before: str, after: str) -> str:
    return f"{before[-80:]}@{after[:40]}"


def _role_by_place(message: Folded, span: JobSpan) -> str | None:
    """The role of a job that nothing announces: alone it is wanted, opening a message with facts it is one's own."""
    before = message.folded[: span.start]
    after = sentence(message, span.start, span.end)[1]
    roles = lexicon("job_roles")
    if not _ALONE.sub("", before).strip(" .,!") and not message.folded[span.end :].strip(" .,!?"):
        return "target"
    if re.search(roles["opening"], before) and re.match(roles["opening_after"], after):
        return None if re.search(roles["not_opening_after"], message.folded[span.end :]) else "current"
    return None


def _phrase(message: Folded, place: int) -> tuple[int, int] | None:
    match = _PHRASE.match(message.folded, place)
    if match is None:
        return None
    stop = _PHRASE_END.search(match.group())
    words = (match.group()[: stop.start()] if stop else match.group()).rstrip(" '-")
    return (place, place + len(words)) if len(words) >= _SHORTEST_MISSPELT else None


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(map(str, lexicon("job_roles")["ordinary_words"]))


@cache
def _fields() -> frozenset[str]:
    return frozenset(map(str, lexicon("job_roles")["fields_of_work"]))


@cache
def _never() -> frozenset[str]:
    return frozenset(map(str, lexicon("job_roles")["never_alone"]))


@cache
def _announced() -> re.Pattern[str]:
    return re.compile(rf"\b{lexicon('job_roles')['announced']}")


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(lexicon("job_roles")["phrase_cues"])
