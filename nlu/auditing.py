"""Which training messages the model contradicts when it has not seen them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from nlu.calibration import calibrate, confusions
from nlu.corpus_reader import Example
from nlu.encoding import MessageEncoder
from nlu.intents import IntentClassifier, Readings, Scores, probabilities, read
from nlu.variants import variants

Advance = Callable[[int], None]
"""Called with the number of folds done."""

FOLDS = 10
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A message labelled `intent` that the model takes for `guess`, and how surely (0 to 1)."""

    text: str
    intent: str
    guess: str
    sure: float


@dataclass(frozen=True, slots=True)
class Audit:
    """Accuracy on what was held out, the contradictions from the surest, and the pairs most confused."""

    accuracy: float
    contradictions: list[Contradiction]
    confusions: list[tuple[str, str, int]]


def audit(
    examples: Sequence[Example], encoder: MessageEncoder, advance: Advance | None = None, folds: int = FOLDS
) -> Audit:
    """Train on all folds but one, in turn, and compare what is held out with its labels."""
    made = list(variants(examples))
    readings = read([e.text for e in examples] + [e.text for _, e in made], encoder).complete(encoder)
    origin = np.array([*range(len(examples)), *(index for index, _ in made)], dtype=np.intp)
    intents = np.array([e.intent for e in examples] + [e.intent for _, e in made])
    classes, logits = held_out(readings, intents, origin, len(examples), folds, advance)
    truth = np.searchsorted(classes, intents[: len(examples)])
    chances = probabilities(logits, calibrate(logits, truth).temperature)
    guessed = chances.argmax(axis=1)
    wrong = [i for i in np.flatnonzero(guessed != truth).tolist() if chances[i, guessed[i]] >= _SURE]
    found = [
        Contradiction(
            examples[i].text, examples[i].intent, str(classes[guessed[i]]), round(float(chances[i, guessed[i]]), 2)
        )
        for i in wrong
    ]
    return Audit(
        accuracy=float((guessed == truth).mean()),
        contradictions=sorted(found, key=lambda one: -one.sure),
        confusions=confusions(classes[guessed].tolist(), intents[: len(examples)].tolist()),
    )


def held_out(
    readings: Readings,
    intents: NDArray[np.str_],
    origin: NDArray[np.intp],
    size: int,
    folds: int,
    advance: Advance | None = None,
) -> tuple[NDArray[np.str_], Scores]:
    """Classes, and scores [size, classes] of each true example by a model that saw neither it nor its variants."""
    classes = np.unique(intents)
    logits = np.zeros((size, len(classes)))
    for done, (held, scores) in enumerate(rounds(readings, intents, origin, size, folds), 1):
        logits[held] = scores
        if advance:
            advance(done)
    return classes, logits


def rounds(
    readings: Readings, intents: NDArray[np.str_], origin: NDArray[np.intp], size: int, folds: int
) -> Iterator[tuple[NDArray[np.intp], Scores]]:
    """Fold by fold, always the same: which true examples are held out, and their scores by a model of the others."""
    splits = StratifiedKFold(folds, shuffle=True, random_state=0).split(np.zeros(size), intents[:size])
    for _, held in splits:
        seen = np.flatnonzero(~np.isin(origin, held))
        model = IntentClassifier().fit(readings.rows(seen), intents[seen].tolist())
        yield held, model.logits(readings.rows(held))
