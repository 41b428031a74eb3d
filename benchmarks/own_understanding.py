"""Our understanding, trained from nothing and run on a file, in a process of its own.

usage: python -m benchmarks.own_understanding MESSAGES.jsonl OUTPUT.json   over the knowledge that the `HUB_` settings
name.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from api.knowledge.opening import open_knowledge
from api.settings import Settings
from nlu.interpreter import Interpreter
from nlu.training import train
from nlu.understanding import Context


def main(messages: Path, output: Path) -> None:
    """Write seconds of training, milliseconds a message, megabytes at most, and what was understood."""
    settings = Settings()
    catalogue, search = open_knowledge(settings)
    context = Context(settings.clock.today())
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        train(Path(folder), search.embedder)
        trained = time.perf_counter() - started
        interpreter = Interpreter.load(Path(folder), catalogue, search.embedder, search.finder)
    interpreter.parse("bonjour", context)
    found, milliseconds = [], []
    for line in messages.read_text("utf-8").splitlines():
        text = json.loads(line)["text"]
        started = time.perf_counter()
        understood = interpreter.parse(text, context)
        milliseconds.append((time.perf_counter() - started) * 1000)
        parsed = understood.to_rasa()
        found.append(
            {
                "intent": understood.intent.name,
                "confidence": understood.intent.confidence,
                "entities": parsed["entities"],
            }
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {"train_seconds": trained, "peak_mb": memory, "milliseconds": milliseconds, "found": found}
    output.write_text(json.dumps(result), "utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
