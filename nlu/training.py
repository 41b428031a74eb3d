"""Training of understanding: once for each corpus and embedder, in less than a minute."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import joblib
import numpy as np
import sklearn

from knowledge.errors import Unavailable
from knowledge.search.embedding import Embedder
from knowledge.search.vector_cache import VectorCache
from nlu.auditing import held_out
from nlu.calibration import Calibration, calibrate, confusions
from nlu.corpus_reader import corpus_hash, read_corpus
from nlu.encoding import MessageEncoder
from nlu.intents import IntentClassifier, read
from nlu.variants import variants

Progress = Callable[[str], None]
"""Called with the step that begins: `encode`, `validate`, `fit`."""

_MODEL = "intents.joblib"
_METADATA = "intents.json"
_LEXICONS = ("lexicon/spellings.yml", "lexicon/short_spellings.yml")
_FOLDS = 3
_RECIPE = 1  # raised when the same corpus must be learnt again: other features, other rules of this file


class NotTrained(Unavailable):
    """The understanding model is not there, or belongs to another embedder."""

    code = "not_prepared"


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training did. `trained` is false when nothing had changed; `accuracy` is cross-validated, without rules."""

    trained: bool
    examples: int
    accuracy: float
    calibration: Calibration
    confusions: list[tuple[str, str, int]]
    seconds: float


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """The classifier and how to read its scores."""

    classifier: IntentClassifier
    calibration: Calibration


def train(model_dir: Path, embedder: Embedder, progress: Progress | None = None) -> TrainingReport:
    """Learn the corpus and write the model into `model_dir`; nothing is done when corpus and embedder are unchanged."""
    started = time.monotonic()
    examples = read_corpus()
    signature = _signature(embedder)
    known = _metadata(model_dir)
    if known.get("signature") == signature and (model_dir / _MODEL).is_file():
        return _report(known, trained=False)
    model_dir.mkdir(parents=True, exist_ok=True)
    tell = progress or (lambda _step: None)
    tell("encode")
    encoder = MessageEncoder(embedder, VectorCache(model_dir, embedder).queries)
    made = list(variants(examples))
    readings = read([e.text for e in examples] + [e.text for _, e in made], encoder)
    origin = np.array([*range(len(examples)), *(index for index, _ in made)], dtype=np.intp)
    intents = np.array([e.intent for e in examples] + [e.intent for _, e in made])
    tell("validate")
    classes, logits = held_out(readings, intents, origin, len(examples), _FOLDS)
    truth = np.searchsorted(classes, intents[: len(examples)])
    calibration = calibrate(logits, truth)
    tell("fit")
    classifier = IntentClassifier().fit(readings, intents.tolist())
    guessed = classes[logits.argmax(axis=1)]
    report = TrainingReport(
        trained=True,
        examples=len(examples),
        accuracy=float((guessed == intents[: len(examples)]).mean()),
        calibration=calibration,
        confusions=confusions(guessed.tolist(), intents[: len(examples)].tolist()),
        seconds=round(time.monotonic() - started, 1),
    )
    _write(
        model_dir,
        TrainedModel(classifier, calibration),
        {"signature": signature, "embedder": embedder.fingerprint, **asdict(report)},
    )
    return report


def load(model_dir: Path, embedder: Embedder) -> TrainedModel:
    """The model of `model_dir`. Raises NotTrained when it is absent or was made for another embedder."""
    if _metadata(model_dir).get("embedder") != embedder.fingerprint:
        raise NotTrained
    try:
        model: TrainedModel = joblib.load(model_dir / _MODEL)
    except FileNotFoundError as error:
        raise NotTrained from error
    return model


def _signature(embedder: Embedder) -> str:
    folder = Path(__file__).parent
    recipe = hashlib.blake2b(digest_size=8)
    for file in ("intents.py", "normalise.py", "variants.py", "encoding.py", *_LEXICONS):
        recipe.update((folder / file).read_bytes())
    parts = (corpus_hash(), embedder.fingerprint, recipe.hexdigest(), sklearn.__version__, str(_RECIPE))
    return "/".join(parts)


def _metadata(model_dir: Path) -> dict[str, object]:
    try:
        content = json.loads((model_dir / _METADATA).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def _report(known: dict[str, object], *, trained: bool) -> TrainingReport:
    fields = {name: known[name] for name in TrainingReport.__slots__}
    calibration = Calibration(**fields["calibration"])  # type: ignore[arg-type]
    return TrainingReport(**(fields | {"trained": trained, "calibration": calibration}))  # type: ignore[arg-type]


def _write(model_dir: Path, model: TrainedModel, metadata: dict[str, object]) -> None:
    """The model first, its metadata last: an interrupted run is seen as no run."""
    part = model_dir / f"{_MODEL}.part"
    joblib.dump(model, part)
    part.replace(model_dir / _MODEL)
    (model_dir / _METADATA).write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")
