"""The training messages, in Rasa's NLU format (`nlu/corpus/*.yml`)."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from nlu.normalise import normalise

_ENDING = " .!?…"
FOLDER = Path(__file__).parent / "corpus"
# Rasa's two forms: [infirmière](job) and [infirmière]{"entity": "job", "role": "target"}.
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\(([^)]*)\)|(\{[^}]*\}))")


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact annotated in a message: `text[start:end]` is of this kind, in this role."""

    start: int
    end: int
    entity: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A message, its intent, and the facts annotated in it, in its order."""

    text: str
    intent: str
    marks: tuple[Mark, ...] = field(default=(), compare=False)


def read_corpus(folder: Path = FOLDER) -> list[Example]:
    """All the messages of the folder. Raises yaml.YAMLError, KeyError, ValueError for another format."""
    return [example for file in sorted(folder.glob("*.yml")) for example in read_file(file)]


def read_file(file: Path) -> list[Example]:
    """The messages of one file. Raises as `read_corpus`."""
    found = []
    with file.open(encoding="utf-8") as stream:
        for group in yaml.safe_load(stream)["nlu"]:
            lines = (line.strip() for line in group["examples"].splitlines())
            read = (read_line(line.removeprefix("-").strip()) for line in lines if line)
            found += [Example(text, group["intent"], marks) for text, marks in read if text]
    return found


def marked(text: str, marks: Iterable[Mark]) -> str:
    """A message as it is written in the corpus; marks that overlap an earlier one are left out."""
    written, done = [], 0
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if mark.start < done or mark.start >= mark.end:
            continue
        said = json.dumps({"entity": mark.entity, "role": mark.role}) if mark.role else f"({mark.entity})"
        written += [text[done : mark.start], f"[{text[mark.start : mark.end]}]{said}"]
        done = mark.end
    return "".join([*written, text[done:]])


def read_line(line: str) -> tuple[str, tuple[Mark, ...]]:
    """A message of the corpus, and its annotations. Raises ValueError for one that is no JSON."""
    text, marks, done = "", [], 0
    for match in _ANNOTATION.finditer(line):
        text += line[done : match.start()]
        said = {"entity": match[2]} if match[3] is None else json.loads(match[3])
        marks.append(Mark(len(text), len(text) + len(match[1]), said["entity"], said.get("role")))
        text, done = text + match[1], match.end()
    return text + line[done:], tuple(marks)


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
