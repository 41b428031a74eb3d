"""The search: from a few French words to certifications, each with the reason why."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.search.affinity import NEAR_JOB, SAME_JOB
from knowledge.search.confidence import Confidence, calibration_queries
from knowledge.search.embedding import Embedder
from knowledge.search.explain import TEXTS, Grounds, reasons
from knowledge.search.explanations import Explanations
from knowledge.search.index import Index
from knowledge.search.jobs import SURE as SURE_JOB
from knowledge.search.jobs import JobFinder, JobHit
from knowledge.search.query import SearchAnswer, SearchHit, SearchQuery, Understood
from knowledge.search.ranking import Ranking, meaning_text, rank
from knowledge.search.reading import Lexicon, Reading
from knowledge.search.vector_cache import Progress

__all__ = ["JobHit", "SearchAnswer", "SearchEngine", "SearchHit", "SearchQuery", "Understood"]

_MOSTLY = 0.6
_VOTERS = 15
_VOTES = 3


class SearchEngine:
    """Searches one catalogue. Thread-safe."""

    def __init__(self, catalogue: Catalogue, index: Index, lexicon: Lexicon, explanations: Explanations) -> None:
        self.explanations = explanations
        """What answers questions, by meaning, over the same catalogue."""
        self.index = index
        """The indexes behind the engine, for benchmarks."""
        self._catalogue, self._lexicon = catalogue, lexicon
        self._confidence = Confidence()
        self._confidence = self._calibrated()

    @classmethod
    def open(
        cls, catalogue: Catalogue, embedder: Embedder, index_dir: Path, progress: Progress | None = None
    ) -> "SearchEngine":
        """Index `catalogue`. Vectors are kept in `index_dir` by content and by model: only new texts are embedded.

        When `embedder` fails the engine searches by words alone (`degraded`).
        """
        index = Index(catalogue, embedder, index_dir, progress)
        explanations = Explanations.open(catalogue.notices, catalogue.passages, embedder, index_dir, progress)
        return cls(catalogue, index, Lexicon.load(), explanations)

    @property
    def degraded(self) -> bool:
        """Whether the engine searches by words alone."""
        return self.index.degraded

    @property
    def embedder(self) -> Embedder:
        """The embedder given at opening."""
        return self.index.embedder

    @property
    def finder(self) -> JobFinder:
        """The job recogniser over the same catalogue."""
        return self.index.finder

    def jobs(self, text: str, limit: int = 5) -> tuple[JobHit, ...]:
        """The jobs that `text` may name, the likeliest first."""
        return self.finder.find(text, limit)

    def jobs_liked(self, text: str, limit: int = 6) -> tuple[JobHit, ...]:
        """Jobs for what somebody likes doing, in their words: those that the certifications found for it lead to.

        The texts of certifications say what is done all day, which a title does not. `score` is a share of the votes:
        a certification votes for its first jobs, the better placed the more.
        """
        votes: defaultdict[str, float] = defaultdict(float)
        if not text.strip():
            return ()
        for place, hit in enumerate(self.search(SearchQuery(text, limit=_VOTERS)).hits):
            for nth, rome in enumerate(hit.certification.rome[:_VOTES]):
                votes[rome] += 1 / (place + 2) / (nth + 1)
        total = sum(votes.values())
        ranked = sorted(votes.items(), key=lambda one: -one[1])
        known = [(rome, vote) for rome, vote in ranked if rome in self._catalogue.jobs][:limit]
        return tuple(JobHit(r, self._catalogue.jobs[r].label, round(v / total, 3), "") for r, v in known)

    def search(self, query: SearchQuery) -> SearchAnswer:
        """Answer a query; an empty one without `rome` finds nothing. Conditions that leave nothing are relaxed."""
        answer = self._search(query)
        relaxed: list[str] = []
        for condition, wider in _ever_wider(query):
            if answer.hits:
                break
            relaxed.append(TEXTS.get(f"relaxed.{condition}"))
            answer = self._search(wider)
        return replace(answer, relaxed=tuple(relaxed)) if relaxed and answer.hits else answer

    def _search(self, query: SearchQuery) -> SearchAnswer:
        reading = self._lexicon.read(query.text)
        for code in reading.codes:
            if code in self._catalogue.certifications:
                return self._answer_code(query, code)
        job = self._job(query.text, reading)
        understood = Understood(job=job.rome if job else None, level=reading.level)
        if reading.only_code and not query.rome:
            return SearchAnswer(query.text, understood, confident=False, hits=())
        ranking = rank(self.index, query, reading, job)
        hits = self._hits(ranking, reading)
        return SearchAnswer(query.text, understood, bool(hits) and self._sure(query, reading, job, ranking), hits)

    def _answer_code(self, query: SearchQuery, code: str) -> SearchAnswer:
        record = self._catalogue.certifications[code]
        understood = Understood(certification=code)
        if record.active:
            return SearchAnswer(query.text, understood, True, (SearchHit(record, 1.0, (TEXTS.get("why.code"),)),))
        successors = self._catalogue.successors(code)
        why = (TEXTS.get("why.successor", code=code),)
        hits = [SearchHit(self._catalogue.certifications[new], 1.0, why) for new in successors]
        if not query.active:
            hits.insert(0, SearchHit(record, 1.0, (TEXTS.get("why.code"),), successors))
        if hits:
            return SearchAnswer(query.text, understood, True, tuple(hits[: query.limit]))
        nearest = self.search(SearchQuery(f"{record.type} {record.title}", query.limit, level=record.level))
        return SearchAnswer(query.text, understood, False, nearest.hits)

    def _job(self, text: str, reading: Reading) -> JobHit | None:
        """The job that the query names: the last one spotted, for what one wants comes after what one is."""
        spans = self.finder.spot(text) or self.finder.spot_misspelt(reading.topic)
        if spans:
            return spans[-1].hits[0]
        best = next(iter(self.finder.find(reading.topic, limit=1, by_meaning=False)), None)
        return best if best and best.score >= SURE_JOB else None

    def _sure(self, query: SearchQuery, reading: Reading, job: JobHit | None, ranking: Ranking) -> bool:
        return (
            bool(query.rome)
            or (job is not None and self._is_about(job, reading, ranking))
            or self._confidence.sure(ranking.evidence)
        )

    def _is_about(self, job: JobHit, reading: Reading, ranking: Ranking) -> bool:
        """Whether the query says little else than a job, and a certification shown leads there."""
        spans = self.finder.spot_misspelt(reading.topic)
        named = sum(len(reading.topic[span.start : span.end].split()) for span in spans)
        shown = ranking.affinity[ranking.order].max(initial=0.0)
        return bool(named >= _MOSTLY * len(reading.topic.split()) and shown >= SAME_JOB * job.score)

    def _hits(self, ranking: Ranking, reading: Reading) -> tuple[SearchHit, ...]:
        return tuple(self._hit(ranking, reading, int(i)) for i in ranking.order)

    def _hit(self, ranking: Ranking, reading: Reading, i: int) -> SearchHit:
        record = self.index.shelf.records[i]
        job = self._catalogue.jobs.get(ranking.rome or "")
        grounds = Grounds(
            stems=self.index.lexical.stems[i],
            job=job.label if job else None,
            affinity=float(ranking.affinity[i]),
            of_diploma=bool(reading.diploma and self.index.is_of(i, reading.diploma)),
        )
        why = reasons(record, reading, grounds)
        score = round(float(ranking.scores[i]), 4)
        return SearchHit(record, score, why or (TEXTS.get("why.meaning"),), guessed=not why)

    def _calibrated(self) -> Confidence:
        """Learn what a real answer looks like in this catalogue."""
        queries = [query for query in calibration_queries() if not query.rome or self._reachable(query.rome)]
        readings = [self._lexicon.read(query.text) for query in queries]
        self.index.keep_queries([meaning_text(self.index, reading) for reading in readings])
        evidence = [
            rank(self.index, SearchQuery(query.text), reading, self._job(query.text, reading)).evidence
            for query, reading in zip(queries, readings, strict=True)
        ]
        return Confidence.fit(evidence, [query.rome is not None for query in queries])

    def _reachable(self, rome: Sequence[str]) -> bool:
        return any(self.index.affinity.to(code).max(initial=0.0) >= NEAR_JOB for code in rome)


def _ever_wider(query: SearchQuery) -> Iterator[tuple[str, SearchQuery]]:
    """The query without its conditions, one after the other: those that matter least to where it leads go first."""
    for condition, fields in _CONDITIONS.items():
        given = {name: None for name in fields if getattr(query, name) is not None}
        if given:
            query = replace(query, **given)  # type: ignore[arg-type]
            yield condition, query


_CONDITIONS = {
    "offered": ("codes",),
    "access": ("access",),
    "kind": ("kind",),
    "level": ("level", "min_level", "max_level"),
}
