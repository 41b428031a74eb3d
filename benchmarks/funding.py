"""How long a funding plan takes, with its questions, over the project's own situations.

usage: python -m benchmarks.funding [CASES.jsonl]
"""

import sys
import time
from pathlib import Path

import numpy as np

from knowledge.funding import Funding
from knowledge.funding.evaluation import read_cases, training_of

OWN = Path(__file__).resolve().parents[1] / "tests" / "knowledge" / "funding" / "cases.jsonl"
_ROUNDS = 5


def main(file: Path) -> None:
    """Print the median and the 95th percentile in milliseconds."""
    funding, cases = Funding.load(), read_cases(file)
    milliseconds = []
    for _ in range(_ROUNDS):
        for case in cases:
            training = training_of(case.training)
            started = time.perf_counter()
            funding.plan(case.profile, training, case.on)
            milliseconds.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(milliseconds, [50, 95])
    sys.stdout.write(f"{len(milliseconds)} plans: p50 {p50:.1f} ms, p95 {p95:.1f} ms\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OWN)
