"""Is the best answer a real one? A probability learnt, for the catalogue at hand, from queries of our own."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

SURE = 0.5

_FEWEST = 8
_REGULARISATION = 3.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best answers, each between 0 and about 1.

    `coverage`: share of the query's words, weighted by rarity, that one of the best records holds;
    `likeness`: centred likeness in meaning of the best record; `margin`: how far it stands above the bulk of records;
    `job`: certainty of the job recognised.
    """

    coverage: float
    likeness: float
    margin: float
    job: float


@dataclass(frozen=True, slots=True)
class CalibrationQuery:
    """A query of our own; `rome` is None when nothing can answer it."""

    text: str
    rome: tuple[str, ...] | None


class Confidence:
    """Turns evidence into the probability that the query is answered."""

    def __init__(self, model: LogisticRegression | None) -> None:
        self._model = model

    @classmethod
    def fit(cls, evidence: Sequence[Evidence], answered: Sequence[bool]) -> "Confidence":
        """Learn from queries whose outcome is known. With too few of them, coverage or a job decides."""
        if min(sum(answered), len(answered) - sum(answered)) < _FEWEST:
            return cls(None)
        model = LogisticRegression(C=_REGULARISATION, class_weight="balanced")
        return cls(model.fit(np.array([astuple(one) for one in evidence]), np.array(answered)))

    def probability(self, evidence: Evidence) -> float:
        """Between 0 and 1; `SURE` is the threshold."""
        if self._model is None:
            return max(evidence.coverage, evidence.job)
        return float(self._model.predict_proba(np.array([astuple(evidence)]))[0, 1])


def calibration_queries() -> tuple[CalibrationQuery, ...]:
    """The project's own answerable and unanswerable queries."""
    entries = yaml.safe_load(Path(__file__).with_name("calibration.yml").read_text("utf-8"))
    return (
        *(CalibrationQuery(text, tuple(rome)) for text, rome in entries["answerable"].items()),
        *(CalibrationQuery(text, None) for text in entries["unanswerable"]),
    )
