"""Training of the intent model, skipped while nothing it is made from changed."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from knowledge.search.embedding import Embedder
from nlu.corpus_reader import corpus_hash, read_corpus
from nlu.intents import IntentClassifier, embed

MODEL, REPORT = "intents.joblib", "report.json"
_FOLDS = 5
# Share of rightly understood messages that the threshold may lose, on folds the model did not learn from.
_LOST = 0.02
_MADE_FROM = ("intents.py", "normalise.py", "training.py", "lexicon/spellings.yml")


@dataclass(frozen=True, slots=True)
class Training:
    """What a training gave: accuracy and threshold by cross-validation. `trained` is False when it was skipped."""

    fingerprint: str
    examples: int
    intents: int
    accuracy: float
    threshold: float
    trained: bool = True


def train(model_dir: Path, embedder: Embedder) -> Training:
    """Train on the corpus and write the model and its report in `model_dir`."""
    fingerprint = _fingerprint(embedder)
    before = read_report(model_dir)
    if before and before.fingerprint == fingerprint and (model_dir / MODEL).is_file():
        return Training(**{**asdict(before), "trained": False})
    corpus = read_corpus()
    texts, intents = [e.text for e in corpus], np.array([e.intent for e in corpus])
    vectors = embed(embedder, texts)
    accuracy, threshold = _cross_validate(texts, vectors, intents)
    model = IntentClassifier()
    model.fit(texts, vectors, list(intents))
    model_dir.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, model_dir / MODEL)
    report = Training(fingerprint, len(texts), len(model.intents), accuracy, threshold)
    (model_dir / REPORT).write_text(json.dumps(asdict(report), indent=1), encoding="utf-8")
    return report


def read_report(model_dir: Path) -> Training | None:
    """The report of the last training, None when there is none."""
    file = model_dir / REPORT
    return Training(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _cross_validate(texts: list[str], vectors: NDArray[np.float32], intents: NDArray[np.str_]) -> tuple[float, float]:
    right: list[bool] = []
    sure: list[float] = []
    for kept, held_out in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(vectors, intents):
        model = IntentClassifier()
        model.fit([texts[i] for i in kept], vectors[kept], list(intents[kept]))
        found = model.probabilities([texts[i] for i in held_out], vectors[held_out])
        right += list(np.array(model.intents)[found.argmax(axis=1)] == intents[held_out])
        sure += list(found.max(axis=1))
    well_understood = [p for p, good in zip(sure, right, strict=True) if good]
    return float(np.mean(right)), float(np.quantile(well_understood, _LOST))


def _fingerprint(embedder: Embedder) -> str:
    digest = hashlib.sha256(f"{corpus_hash()} {embedder.fingerprint}".encode())
    for name in _MADE_FROM:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()
