"""How the search grows: the catalogue of an installation taken 1, 4 and 16 times, indexed and asked the same queries.

usage: python -m benchmarks.search_scale   over the installation that the `HUB_` settings name.
The vectors of the copies are in the cache: the index and the queries are timed, not embedding the same texts again.
"""

import time
from dataclasses import replace

import numpy as np
from rich.console import Console
from rich.table import Table

from api.knowledge.opening import open_knowledge
from api.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.records import Certification
from knowledge.search.confidence import calibration_queries
from knowledge.search.engine import SearchEngine, SearchQuery

TIMES = (1, 4, 16)
_QUERIES = 100


def main() -> None:
    """Print one row a size: records, seconds to open, median and 95th percentile of a query in milliseconds."""
    settings = Settings()
    catalogue, engine = open_knowledge(settings)
    # The vectors of our own queries are kept by the engine: a question mark makes them new.
    texts = [f"{query.text} ?" for query in calibration_queries()][:_QUERIES]
    table = Table("times", "certifications", "open s", "p50 ms", "p95 ms")
    for times in TIMES:
        copied = _copied(catalogue, times)
        started = time.perf_counter()
        search = SearchEngine.open(copied, engine.embedder, settings.data_dir / "search")
        opened = time.perf_counter() - started
        milliseconds = [_timed(search, text) for text in texts]
        p50, p95 = np.percentile(milliseconds, [50, 95])
        table.add_row(str(times), str(len(search.index.shelf.records)), f"{opened:.1f}", f"{p50:.0f}", f"{p95:.0f}")
    Console().print(table)


def _copied(catalogue: Catalogue, times: int) -> Catalogue:
    """Copies differ by their number and their type, so that none is taken for another's twin."""
    records = [
        record if not n else _copy(record, n) for n in range(times) for record in catalogue.certifications.values()
    ]
    return Catalogue.of(certifications=records, jobs=catalogue.jobs.values(), fingerprint=catalogue.fingerprint)


def _copy(record: Certification, n: int) -> Certification:
    return replace(record, code=f"{record.code}{n:02}", type=f"{record.type} {n}")


def _timed(search: SearchEngine, text: str) -> float:
    search.embedder.forget()
    started = time.perf_counter()
    search.search(SearchQuery(text))
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
