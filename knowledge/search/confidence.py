"""Is the best answer a real one? Learnt, for the catalogue at hand, from queries of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from knowledge.search.embedding import Vectors

_LOST = 0.02
"""The share of answerable queries that may be said not to be: fewer doubts let more nonsense through."""

_FEWEST = 20
_SURE_WITHOUT_MODEL = 0.5
_REGULARISATION, _MEANING_WEIGHT = 3.0, 2.0
_FOLDS, _ITERATIONS = 10, 500


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What speaks for the best answers, each but the last between 0 and about 1.

    `coverage`: share of the query's words, weighted by rarity, that one of the best records holds;
    `likeness`: centred likeness in meaning of the best record; `margin`: how far it stands above the bulk of records;
    `job`: certainty of the job recognised; `meaning`: vector [dimension] of the query, all zero without a model.
    """

    coverage: float
    likeness: float
    margin: float
    job: float
    meaning: Vectors


@dataclass(frozen=True, slots=True)
class CalibrationQuery:
    """A query of our own. `rome`: jobs of a good answer, empty where no job sums it up; None when nothing answers."""

    text: str
    rome: tuple[str, ...] | None


class Confidence:
    """Tells the queries that are answered from those that only have something nearest."""

    def __init__(self) -> None:
        self._model: LogisticRegression | None = None
        self._threshold = _SURE_WITHOUT_MODEL

    @classmethod
    def fit(cls, evidence: Sequence[Evidence], answered: Sequence[bool]) -> "Confidence":
        """Learn from queries whose outcome is known; the threshold is that of `_LOST` in cross-validation.

        With too few of them, coverage or a job decides.
        """
        confidence = cls()
        outcome = np.array(answered, bool)
        if min(outcome.sum(), (~outcome).sum()) < _FEWEST:
            return confidence
        features = np.stack([_features(one) for one in evidence])
        model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=_ITERATIONS)
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
        unseen = cross_val_predict(model, features, outcome, cv=folds, method="predict_proba")[:, 1]
        confidence._threshold = float(np.quantile(unseen[outcome], _LOST))
        confidence._model = model.fit(features, outcome)
        return confidence

    def sure(self, evidence: Evidence) -> bool:
        """Whether the query is answered."""
        if self._model is None:
            return max(evidence.coverage, evidence.job) >= self._threshold
        return bool(self._model.predict_proba(_features(evidence)[None])[0, 1] >= self._threshold)


def calibration_queries() -> tuple[CalibrationQuery, ...]:
    """The project's own answerable and unanswerable queries."""
    entries = yaml.safe_load(Path(__file__).with_name("calibration.yml").read_text("utf-8"))
    return (
        *(CalibrationQuery(text, tuple(rome)) for text, rome in entries["answerable"].items()),
        *(CalibrationQuery(text, ()) for text in entries["competences"]),
        *(CalibrationQuery(text, None) for text in entries["unanswerable"]),
    )


def _features(evidence: Evidence) -> NDArray[np.float64]:
    numbers = (evidence.coverage, evidence.likeness, evidence.margin, evidence.job)
    return np.concatenate([np.array(numbers), evidence.meaning * _MEANING_WEIGHT])
