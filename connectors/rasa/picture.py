"""The flows of the dialogue as a picture, drawn from the rules themselves.

usage: python -m connectors.rasa.picture > docs/dialogue.md
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[2] / "bot" / "rasa"
_HEAD = Path(__file__).with_name("picture.md")
_SHOWN = 4


def page(project: Path = PROJECT) -> str:
    """A Markdown page with one diagram (Mermaid): what people say, and which action answers."""
    rules = [rule for file in sorted((project / "data").glob("*.yml")) for rule in _read(file).get("rules", [])]
    lines = [line for number, rule in enumerate(rules) for line in _drawn(number, rule)]
    return "\n".join([_HEAD.read_text("utf-8").rstrip(), "", "```mermaid", "flowchart LR", *lines, "```", ""])


def _drawn(number: int, rule: Mapping[str, Any]) -> Iterator[str]:
    said = [intent for step in rule["steps"] for intent in _intents(step)]
    done = [str(step["action"]) for step in rule["steps"] if "action" in step]
    name = f"r{number}"
    heading = str(rule["rule"]).replace('"', "'")
    if said:
        label = "<br/>".join([*said[:_SHOWN], *(["…"] if len(said) > _SHOWN else [])])
        yield f'  {name}i(["{label}"]) --> {name}["{heading}"]'
    else:
        yield f'  {name}["{heading}"]'
    for place, action in enumerate(done):
        before = name if place == 0 else f"{name}a{place - 1}"
        yield f'  {before} --> {name}a{place}[["{action}"]]'


def _intents(step: Mapping[str, Any]) -> list[str]:
    if "or" in step:
        return [str(one["intent"]) for one in step["or"] if "intent" in one]
    return [str(step["intent"])] if "intent" in step else []


def _read(file: Path) -> dict[str, Any]:
    with file.open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content


if __name__ == "__main__":
    sys.stdout.write(page())
