"""Rasa's recommended pipeline (DIET) and our understanding, trained on the same messages, scored on the same file, in
one run, each in a process of its own.

usage: python -m benchmarks.nlu [LABELLED.jsonl]   over the knowledge that the `HUB_` settings name; without a file, the
labelled messages beside the checkout.

Our own understanding learns no entities from annotations: its rules find them. DIET learns where facts stand (spans)
from the annotations of the corpus; what they are worth (values) is for something else to say.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rich.console import Console
from rich.table import Table

from api.settings import Settings
from nlu.corpus_reader import marked, read_corpus
from nlu.evaluate import evaluate
from nlu.understanding import Entity, IntentScore, Understanding

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "nlu_dev.jsonl"
BASELINE = Path(__file__).with_name("rasa_baseline.py")
Gold = Sequence[Mapping[str, Any]]
Result = Mapping[str, Any]


def main(file: Path) -> None:
    """Print one column a system."""
    gold = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder) / "messages.jsonl"
        messages.write_text("\n".join(json.dumps({"text": row["text"]}) for row in gold), "utf-8")
        nlu = Path(folder) / "nlu.yml"
        nlu.write_text(annotated(), "utf-8")
        output = Path(folder) / "output.json"
        commands = {
            "DIET (Rasa)": [settings.rasa_python.absolute(), BASELINE, nlu, messages, output],
            "ours": [sys.executable, "-m", "benchmarks.own_understanding", messages, output],
        }
        results = {}
        for name, command in commands.items():
            with Console(stderr=True).status(name):
                _run([str(part) for part in command])
            results[name] = json.loads(output.read_text("utf-8"))
    table = Table("", *results)
    for label, values in _rows(gold, list(results.values())):
        table.add_row(label, *values)
    Console().print(table)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own files
    if done.returncode:
        sys.exit(done.stderr[-2000:])


def annotated() -> str:
    """Our training messages in Rasa's format, their facts marked as they are in the corpus, without roles."""
    lines: dict[str, list[str]] = {}
    for example in read_corpus():
        marks = [replace(mark, role=None) for mark in example.marks]
        lines.setdefault(example.intent, []).append(marked(example.text, marks))
    nlu = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in lines.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10**6)


def _rows(gold: Gold, results: Sequence[Result]) -> Iterable[tuple[str, list[str]]]:
    scores = [
        evaluate(gold, [_understood(row, one) for row, one in zip(gold, r["found"], strict=True)]) for r in results
    ]
    yield "messages", [str(len(gold))] * len(results)
    yield "intent accuracy", [f"{score.accuracy:.3f}" for score in scores]
    yield "macro-F1", [f"{score.macro_f1:.3f}" for score in scores]
    yield "distress recall", [f"{score.distress_recall:.3f}" for score in scores]
    yield "entities F1, spans", [f"{_span_f1(gold, result['found']):.3f}" for result in results]
    yield "entities F1, values", [f"{score.entity_f1['all'][0]:.3f}" for score in scores]
    yield "training, s", [f"{result['train_seconds']:.0f}" for result in results]
    yield "a message, ms p50", [f"{np.percentile(result['milliseconds'], 50):.1f}" for result in results]
    yield "a message, ms p95", [f"{np.percentile(result['milliseconds'], 95):.1f}" for result in results]
    yield "memory at most, MB", [f"{result['peak_mb']:.0f}" for result in results]


def _understood(row: Mapping[str, Any], found: Result) -> Understanding:
    intent = IntentScore(found["intent"], found["confidence"])
    entities = tuple(Entity(e["entity"], e["value"], e["start"], e["end"], e.get("role")) for e in found["entities"])
    return Understanding(row["text"], intent, (intent,), entities)


def _span_f1(gold: Gold, found: Sequence[Result]) -> float:
    """A found entity is right when it is of the kind and shares at least half of the words' letters with one wanted."""
    right = wanted = given = 0
    for row, one in zip(gold, found, strict=True):
        spans = [(e["entity"], row["text"].find(e["text"]), len(e["text"])) for e in row["entities"]]
        left = Counter(spans)
        wanted += len(spans)
        given += len(one["entities"])
        for entity in one["entities"]:
            match = next((span for span in left if left[span] and _is_same(span, entity)), None)
            if match is not None:
                left[match] -= 1
                right += 1
    return 2 * right / max(1, wanted + given)


def _is_same(span: tuple[str, int, int], entity: Mapping[str, Any]) -> bool:
    kind, start, length = span
    shared = min(start + length, entity["end"]) - max(start, entity["start"])
    return kind == entity["entity"] and shared * 2 >= max(length, entity["end"] - entity["start"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE)
