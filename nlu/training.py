"""Training of understanding: once for each corpus and embedder, in less than a minute."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import joblib
import numpy as np
import sklearn
from numpy.typing import NDArray

from knowledge.errors import Unavailable
from knowledge.search.embedding import Embedder
from knowledge.search.vector_cache import VectorCache
from nlu.auditing import held_out, rounds
from nlu.calibration import Calibration, calibrate, confusions, sure_enough
from nlu.corpus_reader import FOLDER, corpus_hash, read_corpus
from nlu.encoding import MessageEncoder
from nlu.intents import IntentClassifier, Scores, probabilities, read
from nlu.spelling import Speller
from nlu.variants import variants
from nlu.versions import MODEL, Version, Versions

Progress = Callable[[str], None]
"""Called with the step that begins: `encode`, `validate`, `fit`."""

_LEXICONS = ("lexicon/spellings.yml", "lexicon/short_spellings.yml")
_FOLDS = 3
_RECIPE = 1  # raised when the same corpus must be learnt again: other features, other rules of this file


class NotTrained(Unavailable):
    """No understanding model is in service, or it belongs to another program or embedder."""

    code = "not_prepared"


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What training did. `trained` is false when nothing had changed; `number` is that of the model (`nlu.versions`);
    `accuracy` is cross-validated, without rules."""

    trained: bool
    number: int
    examples: int
    accuracy: float
    calibration: Calibration
    confusions: list[tuple[str, str, int]]
    seconds: float


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """The complete classifier and how to read its scores; and the light one, which answers alone where it is sure."""

    classifier: IntentClassifier
    calibration: Calibration
    light: IntentClassifier
    light_calibration: Calibration

    def chances(self, texts: Sequence[str], encoder: MessageEncoder, speller: Speller) -> Scores:
        """Probabilities [n, classes] of messages. The first encoder only reads those that the light classifier is not
        sure of: it takes most of the time."""
        readings = read(texts, encoder, speller)
        found = probabilities(self.light.logits(readings), self.light_calibration.temperature)
        unsure = np.flatnonzero(found.max(axis=1) < self.light_calibration.threshold)
        if unsure.size:
            complete = readings.rows(unsure).complete(encoder)
            found[unsure] = probabilities(self.classifier.logits(complete), self.calibration.temperature)
        return found


def train(
    folder: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    *,
    waits: bool = False,
    corpus: Path = FOLDER,
) -> TrainingReport:
    """Learn the corpus as a new model of `folder`; nothing is learnt when there is one of this corpus and embedder.

    It goes into service, unless another was chosen since the corpus changed; with `waits`, a new one only where none
    can serve meanwhile (`Versions.use` then puts it in service).
    """
    started = time.monotonic()
    examples = read_corpus(corpus)
    versions = Versions(folder)
    same = {"recipe": _recipe(embedder), "corpus": corpus_hash(corpus)}
    known = next((one for one in versions.all() if same.items() <= one.metadata.items()), None)
    if known is not None:
        _into_service(versions, known, waits=waits)
        return _report(known.metadata, known.number, trained=False)
    tell = progress or (lambda _step: None)
    tell("encode")
    encoder = MessageEncoder(embedder, VectorCache(folder, embedder).queries)
    made = list(variants(examples))
    readings = read([e.text for e in examples] + [e.text for _, e in made], encoder).complete(encoder)
    origin = np.array([*range(len(examples)), *(index for index, _ in made)], dtype=np.intp)
    intents = np.array([e.intent for e in examples] + [e.intent for _, e in made])
    tell("validate")
    classes, logits = held_out(readings, intents, origin, len(examples), _FOLDS)
    truth = np.searchsorted(classes, intents[: len(examples)])
    calibration = calibrate(logits, truth)
    light = readings.light()
    held, scores = next(rounds(light, intents, origin, len(examples), _FOLDS))
    light_calibration = _calibrated_light(scores, truth[held], logits[held].argmax(axis=1) == truth[held])
    tell("fit")
    model = TrainedModel(
        IntentClassifier().fit(readings, intents.tolist()),
        calibration,
        IntentClassifier().fit(light, intents.tolist()),
        light_calibration,
    )
    guessed = classes[logits.argmax(axis=1)]
    begun = versions.begin()
    joblib.dump(model, begun / MODEL)
    report = TrainingReport(
        trained=True,
        number=int(begun.name),
        examples=len(examples),
        accuracy=float((guessed == intents[: len(examples)]).mean()),
        calibration=calibration,
        confusions=confusions(guessed.tolist(), intents[: len(examples)].tolist()),
        seconds=round(time.monotonic() - started, 1),
    )
    _into_service(versions, versions.finish(begun, same | asdict(report)), waits=waits)
    return report


def _calibrated_light(scores: Scores, truth: NDArray[np.intp], complete_is_right: NDArray[np.bool_]) -> Calibration:
    temperature = calibrate(scores, truth).temperature
    return Calibration(temperature, sure_enough(probabilities(scores, temperature), truth, complete_is_right))


def _into_service(versions: Versions, version: Version, *, waits: bool) -> None:
    serving, corpus = versions.in_service(), str(version.metadata["corpus"])
    if serving is None or serving.metadata.get("recipe") != version.metadata["recipe"]:
        versions.use(version.number, corpus)
    elif waits:
        versions.use(serving.number, corpus)
    elif not versions.is_chosen_for(corpus):
        versions.use(version.number, corpus)


def load(folder: Path, embedder: Embedder, number: int | None = None) -> TrainedModel:
    """The model in service, or the one of this number. Raises NotTrained when there is none or it was made by another
    program or for another embedder, NoSuchModel."""
    versions = Versions(folder)
    version = versions.in_service() if number is None else versions.get(number)
    if version is None or version.metadata.get("recipe") != _recipe(embedder):
        raise NotTrained
    model: TrainedModel = joblib.load(version.folder / MODEL)
    return model


def _recipe(embedder: Embedder) -> str:
    """Changes when a model made before could not be read, or would be read wrongly."""
    folder = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for file in ("intents.py", "normalise.py", "variants.py", "encoding.py", *_LEXICONS):
        digest.update((folder / file).read_bytes())
    return "/".join((embedder.fingerprint, digest.hexdigest(), sklearn.__version__, str(_RECIPE)))


def _report(known: Mapping[str, object], number: int, *, trained: bool) -> TrainingReport:
    fields = {name: known.get(name) for name in TrainingReport.__slots__} | {"trained": trained, "number": number}
    calibration = Calibration(**fields["calibration"])  # type: ignore[arg-type]
    return TrainingReport(**(fields | {"calibration": calibration}))  # type: ignore[arg-type]
