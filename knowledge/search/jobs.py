"""From what people call a job to its ROME code: exact title, then spelling, then shared words, then meaning."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import Protocol

from knowledge.records import Job, JobTitle
from knowledge.search.job_titles import key, title_table
from knowledge.search.spelling import Speller
from knowledge.search.words import Word, content_words, located_words

SURE = 0.8
"""From this score on, a hit names the job that was written; below, it is one that resembles it."""

_LONGEST_TITLE = 9
_MISSPELT = 0.9
_SHARED_WORDS_AT_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class JobHit:
    """A job that a text may name. `score` is between 0 and 1; `matched_title` the title that it was recognised by."""

    rome: str
    label: str
    score: float
    matched_title: str


@dataclass(frozen=True, slots=True)
class JobSpan:
    """`text[start:end]` names one of the jobs `hits`, the likeliest first."""

    start: int
    end: int
    hits: tuple[JobHit, ...]


class JobMeaning(Protocol):
    """Finds the jobs nearest in meaning: pairs (ROME code, likeness between 0 and 1), the best first."""

    def nearest_jobs(self, text: str, limit: int) -> Sequence[tuple[str, float]]: ...


class JobFinder:
    """Recognises jobs. Takes a few milliseconds, except when nothing but meaning can tell."""

    def __init__(self, jobs: Mapping[str, Job], known_words: Iterable[str] = ()) -> None:
        """`known_words` are folded French words that must not be taken for misspelt titles."""
        self.jobs = jobs
        self.titles: Mapping[str, tuple[JobTitle, ...]] = title_table(jobs)
        """Job titles by key (`job_titles.key`): every form of every title."""
        self._by_word: dict[str, list[str]] = {}
        for name in self.titles:
            for word in set(name.split()):
                self._by_word.setdefault(word, []).append(name)
        self._speller = Speller(self._by_word, known_words)
        self._weights = {word: math.log(1 + len(self.titles) / len(names)) for word, names in self._by_word.items()}
        self.meaning: JobMeaning | None = None

    def find(self, phrase: str, limit: int = 5, *, by_meaning: bool = True) -> tuple[JobHit, ...]:
        """The jobs that `phrase` may name, the likeliest first. `by_meaning=False` never embeds: a few milliseconds."""
        best: dict[str, JobHit] = {}
        for hit in islice(self._candidates(phrase, limit, by_meaning), 10 * limit):
            if hit.rome not in best or hit.score > best[hit.rome].score:
                best[hit.rome] = hit
        return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.rome))[:limit])

    def spot(self, text: str) -> tuple[JobSpan, ...]:
        """The places of `text` that name a job by an exact title, in the order of the text; longer titles win."""
        return tuple(self._spans(located_words(text), penalty=1.0))

    def spot_misspelt(self, text: str) -> tuple[JobSpan, ...]:
        """As `spot`, after the spelling of each word was corrected; the scores are lower."""
        located = located_words(text)
        corrected = [Word(self._speller.correct(word.folded), word.start, word.end) for word in located]
        return tuple(self._spans(corrected, penalty=1.0 if corrected == located else _MISSPELT))

    def _candidates(self, phrase: str, limit: int, by_meaning: bool) -> Iterator[JobHit]:
        written = content_words(phrase)
        corrected = [self._speller.correct(word) for word in written]
        penalty = 1.0 if corrected == written else _MISSPELT
        yield from self._exact(key(written), 1.0)
        yield from self._exact(key(corrected), penalty)
        yield from self._within(self.spot_misspelt(phrase), phrase)
        resembling = list(self._sharing_words(key(corrected).split(), penalty, limit))
        yield from resembling
        if (
            by_meaning
            and self.meaning
            and not any(hit.score >= SURE for hit in resembling)
            and not self.titles.get(key(corrected))
        ):
            for rome, likeness in self.meaning.nearest_jobs(phrase, limit):
                yield self._hit(JobTitle(self.jobs[rome].label, rome), min(likeness, SURE - 0.01))

    def _exact(self, name: str, penalty: float) -> Iterator[JobHit]:
        for title in self.titles.get(name, ()):
            yield self._hit(title, penalty * self._trust(title))

    def _within(self, spans: Sequence[JobSpan], phrase: str) -> Iterator[JobHit]:
        """A title inside a longer phrase counts for the part of the phrase that it covers."""
        length = max(len(content_words(phrase)), 1)
        for span in spans:
            covered = len(content_words(phrase[span.start : span.end])) / length
            for hit in span.hits:
                yield JobHit(hit.rome, hit.label, hit.score * (0.6 + 0.4 * covered), hit.matched_title)

    def _sharing_words(self, written: Sequence[str], penalty: float, limit: int) -> Iterator[JobHit]:
        unknown = max(self._weights.values(), default=1.0)
        total = sum(self._weights.get(word, unknown) for word in set(written))
        shared: defaultdict[str, float] = defaultdict(float)
        for word in set(written):
            for name in self._by_word.get(word, ()):
                shared[name] += self._weights[word]
        scored = ((2 * weight / (total + self._weight(name)), name) for name, weight in shared.items())
        for score, name in nsmallest(8 * limit, scored, key=lambda pair: (-pair[0], pair[1])):
            if score >= _SHARED_WORDS_AT_LEAST:
                for title in self.titles[name]:
                    yield self._hit(title, score * penalty * 0.9 * self._trust(title))

    def _spans(self, located: Sequence[Word], penalty: float) -> Iterator[JobSpan]:
        place = 0
        while place < len(located):
            length = self._longest_title(located, place)
            if length:
                name = key([word.folded for word in located[place : place + length]])
                yield JobSpan(located[place].start, located[place + length - 1].end, tuple(self._exact(name, penalty)))
            place += max(length, 1)

    def _longest_title(self, located: Sequence[Word], place: int) -> int:
        longest = min(_LONGEST_TITLE, len(located) - place)
        lengths = range(longest, 0, -1)
        return next((n for n in lengths if key([word.folded for word in located[place : place + n]]) in self.titles), 0)

    def _weight(self, name: str) -> float:
        return sum(self._weights[word] for word in set(name.split()))

    def _trust(self, title: JobTitle) -> float:
        if title.label == self.jobs[title.rome].label:
            return 1.0
        return 0.98 if title.colloquial else 0.95

    def _hit(self, title: JobTitle, score: float) -> JobHit:
        return JobHit(title.rome, self.jobs[title.rome].label, round(score, 4), title.label)
