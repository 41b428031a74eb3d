"""From scores by words and by meaning, and from what the query says of itself, to one order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.affinity import NEAR_JOB
from knowledge.search.confidence import Evidence
from knowledge.search.fusion import reciprocal_ranks
from knowledge.search.index import Index
from knowledge.search.jobs import JobHit
from knowledge.search.lexical import analyse
from knowledge.search.query import SearchQuery
from knowledge.search.reading import Reading

Scores = NDArray[np.float32]

_TARGET_JOB, _SPOTTED_JOB = 1.5, 0.7
_OF_DIPLOMA = 0.15
_OTHER_LEVEL, _NO_LEVEL = 0.4, 0.5
_OTHER_ACCESS = np.float32(0.3)
_EVIDENCE_RECORDS = 3


@dataclass(frozen=True, slots=True)
class Ranking:
    """`order`: record numbers, the best first; `scores` and `affinity` [records] are behind it; `rome` is the job."""

    order: NDArray[np.int64]
    scores: Scores
    affinity: Scores
    rome: str | None
    evidence: Evidence


def rank(index: Index, query: SearchQuery, reading: Reading, job: JobHit | None) -> Ranking:
    """Order the records for a query whose words were read. Equal scores leave the newest record first."""
    words = index.lexical.corrected(reading.topic)
    lexical = index.lexical.scores(words)
    meaning = index.meaning(meaning_text(index, reading))
    likeness = index.likeness(meaning)
    rome = query.rome[0] if query.rome else job.rome if job else None
    affinity = _affinity(index, query, job)
    scores = reciprocal_ranks(lexical, likeness) + affinity * (_TARGET_JOB if query.rome else _SPOTTED_JOB)
    scores = _of_diploma_and_level(index, reading, scores)
    scores = _of_access(index, reading, scores)
    order = np.argsort(-scores, kind="stable")
    shown = order[_allowed(index, query, affinity)[order] & (scores[order] > 0)][: query.limit]
    best = order[:_EVIDENCE_RECORDS]
    top = float(likeness.max(initial=0.0))
    evidence = Evidence(
        coverage=max((_coverage(index, words, int(i)) for i in best), default=0.0),
        likeness=top,
        margin=top - (float(np.percentile(likeness, 95)) if len(likeness) else 0.0),
        job=job.score if job else 0.0,
        meaning=meaning,
    )
    return Ranking(shown, scores, affinity, rome, evidence)


def meaning_text(index: Index, reading: Reading) -> str:
    """What was written, unless it holds acronyms or misspelt words that the model would not understand."""
    words = index.lexical.corrected(reading.topic)
    known = set(reading.topic.split())
    return " ".join(words) if reading.expansions or not known.issuperset(words) else reading.text


def _affinity(index: Index, query: SearchQuery, job: JobHit | None) -> Scores:
    if query.rome:
        each: Scores = np.stack([index.affinity.to(code) for code in query.rome])
        return each.max(axis=0)  # type: ignore[no-any-return]
    if job:
        return index.affinity.to(job.rome) * np.float32(job.score)
    return np.zeros(len(index.shelf.records), np.float32)


def _of_diploma_and_level(index: Index, reading: Reading, scores: Scores) -> Scores:
    if reading.diploma:
        bonus = np.array([index.is_of(i, reading.diploma) for i in range(len(scores))], np.float32)
        scores = scores * (1 + bonus) / 2 + _OF_DIPLOMA * bonus * (scores > 0)
    if reading.level is not None:
        levels = index.shelf.levels
        factor = np.where(levels == reading.level, 1.0, np.where(levels == 0, _NO_LEVEL, _OTHER_LEVEL))
        scores = scores * factor.astype(np.float32)
    return scores


def _of_access(index: Index, reading: Reading, scores: Scores) -> Scores:
    """What can be obtained in the way that the words ask for comes before what is not known to be."""
    if reading.access is None:
        return scores
    open_to = np.array([reading.access in record.access for record in index.shelf.records], np.float32)
    return scores * (1 - _OTHER_ACCESS * (1 - open_to))


def _allowed(index: Index, query: SearchQuery, affinity: Scores) -> NDArray[np.bool_]:
    shelf = index.shelf
    allowed = np.ones(len(shelf.records), np.bool_)
    if query.level is not None:
        allowed &= shelf.levels == query.level
    if query.min_level is not None:
        allowed &= shelf.levels >= query.min_level
    if query.max_level is not None:
        allowed &= (shelf.levels <= query.max_level) & (shelf.levels > 0)
    if query.kind is not None:
        allowed &= shelf.kinds == query.kind
    if query.access is not None:
        allowed &= np.array([query.access in record.access for record in shelf.records], np.bool_)
    if query.codes is not None:
        allowed &= np.array([record.code in query.codes for record in shelf.records], np.bool_)
    if query.rome and (allowed & (affinity >= NEAR_JOB)).any():
        allowed &= affinity >= NEAR_JOB
    return allowed


def _coverage(index: Index, words: list[str], i: int) -> float:
    held = index.lexical.stems[i]
    weights = {word: index.lexical.rarity(word) for word in words}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if set(analyse(word)) & held) / total if total else 0.0
