"""BM25 alone, vectors alone, their plain fusion, and the search engine, on one judged file in one run.

usage: python -m benchmarks.search [JUDGED.jsonl]   over the installation that the `HUB_` settings name; without a file,
the judged queries beside the checkout.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from api.knowledge.opening import open_knowledge
from api.settings import Settings
from knowledge.search.engine import SearchEngine, SearchQuery
from knowledge.search.evaluation import DEPTH, MEASURES, Judged, Run, read_judgments, report
from knowledge.search.fusion import reciprocal_ranks
from knowledge.search.index import Index
from knowledge.search.words import content_words

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "search_dev.jsonl"
System = Callable[[str], Run]


def main(file: Path) -> None:
    """Print one row a system: the measures, then the median and the 95th percentile of the time of a query."""
    judged = read_judgments(file)
    _catalogue, engine = open_knowledge(Settings())
    table = Table("system", *MEASURES, "p50 ms", "p95 ms")
    for name, system in systems(engine).items():
        engine.embedder.forget()
        table.add_row(name, *row(system, judged))
    Console().print(table)


def systems(engine: SearchEngine) -> dict[str, System]:
    """The systems compared. The first three see the query's words and nothing else."""
    index = engine.index
    return {
        "BM25": lambda text: _ranked(index, index.lexical.scores(content_words(text))),
        "dense": lambda text: _ranked(index, index.likeness(index.meaning(text))),
        "BM25 + dense (RRF)": lambda text: _ranked(
            index, reciprocal_ranks(index.lexical.scores(content_words(text)), index.likeness(index.meaning(text)))
        ),
        "engine": lambda text: _answered(engine, text),
    }


def row(system: System, judged: list[Judged]) -> list[str]:
    """Run all queries once, to be scored and timed."""
    runs, seconds = [], []
    for query in judged:
        started = time.perf_counter()
        runs.append(system(query.text))
        seconds.append(time.perf_counter() - started)
    values = report(judged, runs).overall.values
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return [*(f"{values[measure]:.3f}" for measure in MEASURES), f"{p50:.0f}", f"{p95:.0f}"]


def _ranked(index: Index, scores: np.ndarray) -> Run:
    best = np.argsort(-scores, kind="stable")[:DEPTH]
    return Run([index.shelf.records[i].code for i in best if scores[i] > scores.min()])


def _answered(engine: SearchEngine, text: str) -> Run:
    answer = engine.search(SearchQuery(text, limit=DEPTH))
    return Run([hit.certification.code for hit in answer.hits], answer.confident)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE)
