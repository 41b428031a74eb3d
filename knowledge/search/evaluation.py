"""How good a ranking is, against graded judgments (TREC style)."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import InvalidInput

MEASURES = ("nDCG@10", "MRR@10", "Recall@20", "success@3")
DEPTH = 20

_DRAWS = 2000
_RELEVANT = 2


class BadJudgments(InvalidInput):
    """A line of a judgments file cannot be read: `file`, `line`, `expected`."""

    code = "judgments_invalid"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grade (1..3) of each relevant code; without any, nothing answers it."""

    id: str
    text: str
    slice: str
    grades: Mapping[str, int]
    job: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What a system answered to one query, codes best first."""

    codes: Sequence[str]
    confident: bool = True
    job: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """Mean of each measure over `number` queries, and the share answered «rien de sûr»."""

    number: int
    values: Mapping[str, float]
    not_confident: float


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `number` queries."""

    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Report:
    """`intervals`: 95 % bootstrap intervals of the overall means; `unanswerable`: the share answered «rien de sûr»."""

    slices: Mapping[str, Means]
    overall: Means
    intervals: Mapping[str, tuple[float, float]]
    unanswerable: Share
    understood: Mapping[str, Share]


def read_judgments(file: Path) -> list[Judged]:
    """Read JSON lines `{"id", "query", "slice", "judgments", "understood"?}`. Raises BadJudgments, OSError."""
    return list(_judged(file))


def report(judged: Sequence[Judged], runs: Sequence[Run]) -> Report:
    """Score the runs, in the order of the queries. Queries that nothing answers stay out of the means."""
    pairs = list(zip(judged, runs, strict=True))
    answered = [(query, run) for query, run in pairs if query.grades]
    scores = np.array([measures(query.grades, run.codes) for query, run in answered]).reshape(-1, len(MEASURES))
    doubts = np.array([not run.confident for _, run in answered], bool)
    names = [query.slice for query, _ in answered]
    rows = {name: [i for i, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}
    none = [not run.confident for query, run in pairs if not query.grades]
    return Report(
        slices={name: _means(scores[chosen], doubts[chosen]) for name, chosen in rows.items()},
        overall=_means(scores, doubts),
        intervals=_intervals(scores),
        unanswerable=_share(none),
        understood=_understood(pairs),
    )


def measures(grades: Mapping[str, int], codes: Sequence[str]) -> tuple[float, float, float, float]:
    """nDCG@10 (linear gain), MRR@10 and Recall@20 (grade 2 and more), success@3 (the best grade there is).

    Recall is nan for a query without any grade 2.
    """
    gains = [grades.get(code, 0) for code in dict.fromkeys(codes)][:DEPTH]
    ideal = sorted(grades.values(), reverse=True)
    first = next((1 / rank for rank, gain in enumerate(gains[:10], 1) if gain >= _RELEVANT), 0.0)
    relevant = sum(grade >= _RELEVANT for grade in ideal)
    found = sum(gain >= _RELEVANT for gain in gains)
    recall = found / min(DEPTH, relevant) if relevant else math.nan
    return _dcg(gains) / _dcg(ideal), first, recall, float(any(gain >= ideal[0] for gain in gains[:3]))


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:10], 1))


def _means(scores: np.ndarray[Any, Any], doubts: np.ndarray[Any, Any]) -> Means:
    values = np.nanmean(scores, axis=0) if len(scores) else np.full(len(MEASURES), math.nan)
    doubt = float(doubts.mean()) if len(doubts) else math.nan
    return Means(len(scores), dict(zip(MEASURES, map(float, values), strict=True)), doubt)


def _intervals(scores: np.ndarray[Any, Any]) -> dict[str, tuple[float, float]]:
    if not len(scores):
        return {}
    draws = np.random.default_rng(0).integers(0, len(scores), (_DRAWS, len(scores)))
    low, high = np.percentile(np.nanmean(scores[draws], axis=1), [2.5, 97.5], axis=0)
    return {measure: (float(a), float(b)) for measure, a, b in zip(MEASURES, low, high, strict=True)}


def _understood(pairs: Sequence[tuple[Judged, Run]]) -> dict[str, Share]:
    jobs = [run.job == query.job for query, run in pairs if query.job is not None]
    levels = [run.level == query.level for query, run in pairs if query.level is not None]
    return {name: _share(right) for name, right in (("job", jobs), ("level", levels)) if right}


def _share(flags: Sequence[bool]) -> Share:
    return Share(len(flags), sum(flags) / len(flags) if flags else math.nan)


def _judged(file: Path) -> Iterator[Judged]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            said = row.get("understood") or {}
            yield Judged(row["id"], row["query"], row["slice"], row["judgments"], said.get("job"), said.get("level"))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise BadJudgments(file=file.name, line=number, expected="id, query, slice, judgments") from error
