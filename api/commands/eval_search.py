"""`hub eval search`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from api.settings import Settings


def eval_search(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Score the search on a file of judged queries, and print one table."""
    from rich.console import Console

    from api.knowledge.opening import open_knowledge
    from api.knowledge.report import print_report
    from knowledge.search.evaluation import DEPTH, Run, read_judgments, report
    from knowledge.search.query import SearchQuery

    judged = read_judgments(file)
    _catalogue, engine = open_knowledge(Settings())
    engine.search(SearchQuery(judged[0].text if judged else ""))
    runs, latencies = [], []
    for query in judged:
        started = time.perf_counter()
        answer = engine.search(SearchQuery(query.text, limit=DEPTH))
        latencies.append((time.perf_counter() - started) * 1000)
        codes = [hit.certification.code for hit in answer.hits]
        runs.append(Run(codes, answer.confident, answer.understood.job, answer.understood.level))
    print_report(report(judged, runs), latencies, Console())
