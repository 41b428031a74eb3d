"""`hub nlu parse`."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.settings import Settings
from knowledge.errors import InvalidInput
from nlu.understanding import Context

# Commands are all imported to list them, so what is heavy is imported by the one that runs.
if TYPE_CHECKING:
    from nlu.interpreter import Interpreter

_BATCH = 64


class LineUnreadable(InvalidInput):
    """A line of the input is neither text nor a JSON object with a text. Parameter: `line`."""

    code = "line_unreadable"


def parse() -> None:
    """Read messages on stdin, a line each or JSON lines `{"text": …}`; write what is understood of each, a line
    each."""
    settings = Settings()
    interpreter = load_interpreter(settings)
    context = Context(settings.clock.today())
    batch: list[str] = []
    for text in _messages():
        batch.append(text)
        if len(batch) == _BATCH:
            _write(interpreter, batch, context)
            batch = []
    _write(interpreter, batch, context)


def load_interpreter(settings: Settings, model: int | None = None) -> "Interpreter":
    """Understanding as served, or with the model of this number. Raises HubError when it was not prepared."""
    from api.knowledge.opening import open_knowledge
    from api.layout import understanding_dir
    from nlu.interpreter import Interpreter

    catalogue, search = open_knowledge(settings)
    return Interpreter.load(understanding_dir(settings), catalogue, search.embedder, search.finder, model)


def _messages() -> Iterator[str]:
    for number, line in enumerate(sys.stdin, 1):
        text = line.rstrip("\n")
        if not text.strip():
            continue
        if not text.startswith("{"):
            yield text
            continue
        try:
            yield str(json.loads(text)["text"])
        except (ValueError, KeyError, TypeError):
            raise LineUnreadable(line=number) from None


def _write(interpreter: "Interpreter", texts: list[str], context: Context) -> None:
    for understanding in interpreter.parse_many(texts, context):
        sys.stdout.write(json.dumps(understanding.to_rasa(), ensure_ascii=False) + "\n")
    sys.stdout.flush()
