"""From the scores of cross-validation to honest probabilities, and to the threshold under which one asks again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from nlu.intents import Scores, probabilities

# Of the messages rightly understood, how many may be asked again.
_GOOD_LOST = 0.02
_TEMPERATURES = (0.2, 3.0)
# Of the messages that the light classifier answers alone, how many more it may get wrong than the complete one.
_LIGHTLY_LOST = 0.003


@dataclass(frozen=True, slots=True)
class Calibration:
    """`temperature` divides the scores; under `threshold` the intent is `nlu_fallback`."""

    temperature: float
    threshold: float


def calibrate(logits: Scores, truth: NDArray[np.intp]) -> Calibration:
    """The temperature of least log-loss on held-out scores [n, intents], and the threshold that loses few good answers.

    Temperature scaling: Guo et al., «On Calibration of Modern Neural Networks», 2017.
    """

    def loss(temperature: float) -> float:
        chances = probabilities(logits, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    temperature = float(minimize_scalar(loss, bounds=_TEMPERATURES, method="bounded").x)
    chances = probabilities(logits, temperature)
    right = chances.argmax(axis=1) == truth
    threshold = float(np.quantile(chances.max(axis=1)[right], _GOOD_LOST)) if right.any() else 0.0
    return Calibration(temperature, threshold)


def sure_enough(light: Scores, truth: NDArray[np.intp], complete_is_right: NDArray[np.bool_]) -> float:
    """The lowest likeliest chance from which the light classifier is as right as the complete one, or nearly: `light`
    are its chances [n, intents]. Above 1 when it never is."""
    chance = light.max(axis=1)
    order = np.argsort(-chance)
    worse = np.cumsum((complete_is_right & (light.argmax(axis=1) != truth))[order].astype(float))
    worse -= np.cumsum((~complete_is_right & (light.argmax(axis=1) == truth))[order])
    enough = np.flatnonzero(worse <= _LIGHTLY_LOST * np.arange(1, len(order) + 1))
    return float(chance[order[enough[-1]]]) if enough.size else np.inf


def confusions(predicted: Sequence[str], truth: Sequence[str], most: int = 25) -> list[tuple[str, str, int]]:
    """The pairs (true intent, predicted intent, times) most often confused."""
    pairs, counts = np.unique(
        np.array([(t, p) for t, p in zip(truth, predicted, strict=True) if t != p] or [("", "")]),
        axis=0,
        return_counts=True,
    )
    ranked = sorted(zip(pairs.tolist(), counts.tolist(), strict=True), key=lambda item: -item[1])
    return [(true, guess, int(count)) for (true, guess), count in ranked[:most] if true]
