"""Two rankings of the same records made one."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_RANK_CONSTANT = 20.0
_DEPTH = 300


def reciprocal_ranks(*rankings: Scores) -> Scores:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) of scores [records], scaled to 0..1.

    Only records with a score above the lowest of a ranking take part in it; equal scores share their best rank.
    """
    total = np.zeros(len(rankings[0]), np.float32)
    for scores in rankings:
        total += _reciprocal(scores)
    return total * ((_RANK_CONSTANT + 1) / len(rankings))


def relative_scores(scores: Scores) -> Scores:
    """Scores [records] scaled so that the best is 1 and the lowest 0; all zero when all are equal."""
    low, high = float(scores.min(initial=0.0)), float(scores.max(initial=0.0))
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _reciprocal(scores: Scores) -> Scores:
    fused = np.zeros(len(scores), np.float32)
    if not len(scores) or scores.max() == scores.min():
        return fused
    order = np.argsort(-scores, kind="stable")[:_DEPTH]
    order = order[scores[order] > scores.min()]
    ranks = np.searchsorted(-scores[order], -scores[order], side="left") + 1
    fused[order] = 1.0 / (_RANK_CONSTANT + ranks)
    return fused
