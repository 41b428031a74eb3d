"""What is wrong with the training messages, found without training: repeats, contradictions, thin intents, leaks."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from nlu.annotating import Extracts, unlabelled
from nlu.corpus_reader import Example, message_key
from nlu.understanding import Context

Kind = Literal["duplicate", "contradiction", "near", "few", "skewed", "leak", "unlabelled"]

# Of the contract: what a person comes for and asks needs more messages than the course of the conversation.
DOMAIN = frozenset(
    {
        *(
            "inform",
            "correct",
            "find_training",
            "explore_jobs",
            "change_career",
            "review_skills",
            "validate_experience",
        ),
        *("start_business", "learn_basics", "company_need", "ask_info", "ask_certification", "ask_funding"),
        *("ask_eligibility", "ask_price", "ask_schedule", "ask_steps", "ask_outcomes", "ask_hub", "ask_disability"),
    }
)
FEWEST_DOMAIN, FEWEST_OTHER = 60, 40
# Beyond this, the largest intent draws doubtful messages to itself.
_MOST_SKEW = 8
_NEAR = 92
_LEAK = 85
# Under so many letters, any two messages look alike.
_SHORTEST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `must` be repaired, or only read again; `texts` are the messages or names concerned."""

    kind: Kind
    must: bool
    intents: tuple[str, ...]
    texts: tuple[str, ...]
    number: int = 0


def lint(examples: Sequence[Example], against: Sequence[str] = ()) -> list[Finding]:
    """All findings that need no knowledge. `against`: messages that no training message may resemble."""
    return [*_repeats(examples), *_near(examples), *_thin(examples), *_leaks(examples, against)]


def lint_facts(examples: Sequence[Example], extractor: Extracts, context: Context) -> list[Finding]:
    """The facts that a rule finds and no annotation covers."""
    return [
        Finding("unlabelled", False, (example.intent,), (example.text, *missed))
        for example, missed in unlabelled(examples, extractor, context)
    ]


def read_messages(file: Path) -> list[str]:
    """The messages of a file: JSON lines with `text`, a CSV with `text` or `utterance`, else one a line. Raises
    OSError, UnicodeDecodeError."""
    content = file.read_text("utf-8")
    if file.suffix == ".csv":
        rows = csv.DictReader(content.splitlines())
        return [row.get("utterance") or row.get("text") or "" for row in rows]
    lines = [line for line in content.splitlines() if line.strip()]
    return [_text(line) for line in lines]


def _text(line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        return line
    return str(row.get("text", "")) if isinstance(row, dict) else line


def _repeats(examples: Sequence[Example]) -> Iterator[Finding]:
    same: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        same[message_key(example.text)].append(example)
    for alike in same.values():
        if len(alike) > 1:
            intents = tuple(sorted({example.intent for example in alike}))
            kind: Kind = "contradiction" if len(intents) > 1 else "duplicate"
            yield Finding(kind, True, intents, tuple(example.text for example in alike))


def _near(examples: Sequence[Example]) -> Iterator[Finding]:
    """Messages of two intents that differ by little: meant so, or one is in the wrong place."""
    keys = [message_key(example.text) for example in examples]
    long = [i for i, key in enumerate(keys) if len(key) >= _SHORTEST_COMPARED]
    scores = process.cdist(
        [keys[i] for i in long], [keys[i] for i in long], scorer=fuzz.ratio, score_cutoff=_NEAR, workers=-1
    )
    for row, column in zip(*scores.nonzero(), strict=True):
        one, other = examples[long[row]], examples[long[column]]
        if row < column and one.intent != other.intent:
            yield Finding("near", False, (one.intent, other.intent), (one.text, other.text), int(scores[row, column]))


def _thin(examples: Sequence[Example]) -> Iterator[Finding]:
    counts = Counter(example.intent for example in examples)
    for intent, count in sorted(counts.items()):
        fewest = FEWEST_DOMAIN if intent in DOMAIN else FEWEST_OTHER
        if count < fewest:
            yield Finding("few", True, (intent,), (str(fewest),), count)
    if counts and max(counts.values()) > _MOST_SKEW * min(counts.values()):
        largest, smallest = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
        yield Finding("skewed", False, (largest, smallest), (), counts[largest] // counts[smallest])


def _leaks(examples: Sequence[Example], against: Sequence[str]) -> Iterator[Finding]:
    forbidden = {message_key(text): text for text in against}
    keys = list(forbidden)
    for example in examples:
        key = message_key(example.text)
        if key in forbidden and len(key) < _SHORTEST_COMPARED:
            continue  # «bonjour», «merci»: nobody's own words
        found = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=_LEAK)
        if found and len(key) >= _SHORTEST_COMPARED:
            yield Finding("leak", True, (example.intent,), (example.text, forbidden[found[0]]), int(found[1]))
