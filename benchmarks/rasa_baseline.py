"""Rasa's own recommended understanding, trained and run on files. Run by the Python of Rasa's environment, which knows
nothing of ours.

usage: python rasa_baseline.py NLU.yml MESSAGES.jsonl OUTPUT.json
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

CONFIG = """
recipe: default.v1
language: fr
pipeline:
  - name: WhitespaceTokenizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: 100
    random_seed: 1
"""


def main(nlu: Path, messages: Path, output: Path) -> None:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(CONFIG, "utf-8")
        started = time.perf_counter()
        model = train_nlu(str(config), str(nlu), folder)
        trained = time.perf_counter() - started
        agent = Agent.load(model)
    texts = [json.loads(line)["text"] for line in messages.read_text("utf-8").splitlines()]
    asyncio.run(agent.parse_message("bonjour"))
    found, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        parsed = asyncio.run(agent.parse_message(text))
        milliseconds.append((time.perf_counter() - started) * 1000)
        found.append(
            {
                "intent": parsed["intent"]["name"],
                "confidence": parsed["intent"]["confidence"],
                "entities": [
                    {"entity": e["entity"], "value": e["value"], "start": e["start"], "end": e["end"]}
                    for e in parsed["entities"]
                ],
            }
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {"train_seconds": trained, "peak_mb": memory, "milliseconds": milliseconds, "found": found}
    output.write_text(json.dumps(result), "utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
