"""Messages learnt from use, in a corpus file of their own that is read before it is trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.corpus_reader import FOLDER, Example, marked, message_key, read_corpus, read_file
from nlu.whole_files import replace_text

LEARNED = "from_use.yml"


@dataclass(frozen=True, slots=True)
class Added:
    """What went into the file, how many were there already, and those the corpus gives another intent (named)."""

    added: tuple[Example, ...]
    known: int
    contradicted: tuple[tuple[Example, str], ...]


def add_learned(file: Path, labelled: Sequence[Example], corpus: Path = FOLDER) -> Added:
    """Write the labelled messages that neither `file` nor the corpus holds, by intent. The file is made when it is
    not there, replaced whole when it is. Raises OSError, yaml.YAMLError, KeyError for a file of another format."""
    kept = read_file(file) if file.is_file() else []
    said = {message_key(example.text): example.intent for example in [*read_corpus(corpus), *kept]}
    added, contradicted, known = [], [], 0
    for example in labelled:
        other = said.get(message_key(example.text))
        if other is None:
            said[message_key(example.text)] = example.intent
            added.append(example)
        elif other == example.intent:
            known += 1
        else:
            contradicted.append((example, other))
    if added:
        _write(file, [*kept, *added])
    return Added(tuple(added), known, tuple(contradicted))


def _write(file: Path, examples: Sequence[Example]) -> None:
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(
            marked(example.text, example.marks) if example.marks else _as_data(example.text)
        )
    nlu = [
        {"intent": intent, "examples": _Block("".join(f"- {text}\n" for text in texts))}
        for intent, texts in sorted(by_intent.items())
    ]
    content = yaml.dump(
        {"version": "3.1", "nlu": nlu}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6
    )
    replace_text(file, content)


def _as_data(text: str) -> str:
    """On one line, and without the brackets that would be read as an annotation."""
    return " ".join(text.replace("](", "] (").replace("]{", "] {").split())


class _Block(str):
    """Text written over several lines."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))
