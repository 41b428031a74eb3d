"""Facts annotated in the training messages: written once by our rules, then read and put right by people.

Our own understanding learns nothing from them; they say what the rules must find in each message (`hub nlu lint`), and
let an engine that learns facts be trained on the same corpus (`benchmarks.nlu`).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from nlu.corpus_reader import Example, Mark, marked, read_line
from nlu.understanding import Context, Entity
from nlu.whole_files import replace_text

_LINE = "    - "


class Extracts(Protocol):
    """What finds the facts of a message (`nlu.entities.EntityExtractor`)."""

    def extract(self, text: str, context: Context) -> tuple[Entity, ...]:
        """The entities of `text`, in its order."""
        ...


def marks_of(entities: Iterable[Entity]) -> tuple[Mark, ...]:
    """The same facts as annotations."""
    return tuple(Mark(one.start, one.end, one.entity, one.role) for one in entities)


def annotate(file: Path, extractor: Extracts, context: Context) -> int:
    """Annotate the messages of a corpus file that carry no annotation yet, line by line, all else left as it is; how
    many got one. The file is replaced whole. Raises OSError."""
    lines, done = [], 0
    for line in file.read_text("utf-8").splitlines():
        new = line
        if line.startswith(_LINE):
            text, marks = read_line(line.removeprefix(_LINE))
            if not marks:
                new = _LINE + marked(text, marks_of(extractor.extract(text, context)))
        done += new != line
        lines.append(new)
    replace_text(file, "\n".join(lines) + "\n")
    return done


def unlabelled(
    examples: Sequence[Example], extractor: Extracts, context: Context
) -> Iterator[tuple[Example, tuple[str, ...]]]:
    """Messages in which a rule finds a fact that no annotation covers, with what was found («soudeur (job)»)."""
    for example in examples:
        missed = [
            f"{example.text[one.start : one.end]} ({one.entity})"
            for one in extractor.extract(example.text, context)
            if not any(one.start < mark.end and mark.start < one.end for mark in example.marks)
        ]
        if missed:
            yield example, tuple(missed)
