"""Distress, and someone asked for: recognised first, by rules that depend on no model."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlu.entities.text import fold
from nlu.normalise import normalise


def distress_kinds(text: str) -> frozenset[str]:
    """What kind of distress a message tells of: suicidal, homeless, hunger, violence, danger. Empty when none.

    Words that only look like distress («je suis mort de fatigue») are set aside first.
    """
    folded = _plain(text)
    for harmless in _patterns()["harmless"]:
        folded = harmless.sub(" … ", folded)
    return frozenset(kind for kind, given in _distress().items() if any(pattern.search(folded) for pattern in given))


def asks_for_someone(text: str) -> bool:
    """Whether the message asks to speak with a person."""
    folded = _plain(text)
    return any(pattern.search(folded) for pattern in _patterns()["someone"])


def _plain(text: str) -> str:
    return " ".join(fold(normalise(text)).split())


@cache
def _lexicon() -> Any:
    with (Path(__file__).parent / "lexicon" / "safety.yml").open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {name: tuple(map(re.compile, _lexicon()[name])) for name in ("harmless", "someone")}


@cache
def _distress() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {kind: tuple(map(re.compile, given)) for kind, given in _lexicon()["distress"].items()}
