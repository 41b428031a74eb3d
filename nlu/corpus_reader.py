"""The training messages, in Rasa's NLU format (`nlu/corpus/*.yml`)."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from nlu.normalise import normalise

_ENDING = " .!?…"
FOLDER = Path(__file__).parent / "corpus"
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True, slots=True)
class Example:
    """A message and its intent."""

    text: str
    intent: str


def read_corpus(folder: Path = FOLDER) -> list[Example]:
    """All the messages of the folder, without entity annotations. Raises yaml.YAMLError, KeyError for another
    format."""
    return [example for file in sorted(folder.glob("*.yml")) for example in read_file(file)]


def read_file(file: Path) -> list[Example]:
    """The messages of one file. Raises as `read_corpus`."""
    found = []
    with file.open(encoding="utf-8") as stream:
        for group in yaml.safe_load(stream)["nlu"]:
            lines = (line.strip() for line in group["examples"].splitlines())
            texts = (_ANNOTATION.sub(r"\1", line.removeprefix("-").strip()) for line in lines if line)
            found += [Example(text, group["intent"]) for text in texts if text]
    return found


def message_key(text: str) -> str:
    """The same for two messages that differ only in case, accents and final punctuation."""
    return normalise(text).folded.strip(_ENDING)


@cache
def known_intents() -> frozenset[str]:
    """The intents of our corpus."""
    return frozenset(example.intent for example in read_corpus())


def corpus_hash(folder: Path = FOLDER) -> str:
    """Changes when the corpus does."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.yml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
