"""The method of understanding tried on other messages: trained and scored on any two labelled files."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.errors import InvalidInput
from nlu.corpus_reader import Example
from nlu.encoding import MessageEncoder
from nlu.intents import IntentClassifier, read
from nlu.spelling import Speller
from nlu.variants import variants

Progress = Callable[[str], None]
"""Called with the step that begins: `encode`, `fit`, `score`."""

_COLUMNS = ("utterance", "intent")
# More rows than this teach little and take minutes: variants are left out first.
_MOST_ROWS = 12_000


class LabelledFileInvalid(InvalidInput):
    """A line of a CSV file is not a labelled message: `file`, `line`, `expected`."""

    code = "labelled_file_invalid"


@dataclass(frozen=True, slots=True)
class IntentScores:
    """Shares between 0 and 1. `f1` by intent of the test file, with its count."""

    train: int
    test: int
    accuracy: float
    macro_f1: float
    f1: dict[str, tuple[float, int]]
    confusions: list[tuple[str, str, int]]


def read_labelled(file: Path) -> list[Example]:
    """A CSV file `utterance,intent`. Raises LabelledFileInvalid, OSError."""
    found = []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        try:
            for row in reader:
                text, intent = ((row.get(name) or "").strip() for name in _COLUMNS)
                if not text or not intent:
                    raise LabelledFileInvalid(file=file.name, line=reader.line_num, expected=",".join(_COLUMNS))
                found.append(Example(text, intent))
        except (UnicodeDecodeError, csv.Error) as error:
            raise LabelledFileInvalid(file=file.name, line=reader.line_num + 1, expected="CSV, UTF-8") from error
    if not found:
        raise LabelledFileInvalid(file=file.name, line=1, expected=",".join(_COLUMNS))
    return found


def try_method(
    train: Sequence[Example], test: Sequence[Example], encoder: MessageEncoder, progress: Progress | None = None
) -> IntentScores:
    """Train as `nlu.training` does and score. Raises LabelledFileInvalid when there is one intent only."""
    if len({example.intent for example in train}) < 2:
        raise LabelledFileInvalid(file="--train", line=1, expected="intent ≥ 2")
    tell = progress or (lambda _step: None)
    tell("encode")
    room = max(0, _MOST_ROWS - len(train))
    learnt = [*train, *(example for _, example in list(variants(train))[:room])]
    readings = read([example.text for example in learnt], encoder).complete(encoder)
    tell("fit")
    model = IntentClassifier().fit(readings, [example.intent for example in learnt])
    tell("score")
    texts = [example.text for example in train]
    speller = Speller(texts) if Speller.suits(texts) else None
    logits = model.logits(read([example.text for example in test], encoder, speller).complete(encoder))
    guessed = np.array(model.classes)[logits.argmax(axis=1)].tolist()
    return _scores(len(train), [example.intent for example in test], guessed)


def _scores(train: int, truth: list[str], guessed: list[str]) -> IntentScores:
    pairs = list(zip(truth, guessed, strict=True))
    counts, right = Counter(truth), Counter(want for want, got in pairs if want == got)
    proposed = Counter(guessed)
    f1 = {intent: (2 * right[intent] / (count + proposed[intent]), count) for intent, count in sorted(counts.items())}
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    return IntentScores(
        train=train,
        test=len(truth),
        accuracy=sum(right.values()) / len(truth),
        macro_f1=sum(value for value, _ in f1.values()) / len(f1),
        f1=f1,
        confusions=[(want, got, times) for (want, got), times in wrong.most_common(15)],
    )
