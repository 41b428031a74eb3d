"""Patterns kept in YAML (`nlu/lexicon/`), compiled once."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nlu.entities.found import Found
from nlu.entities.text import Folded

FOLDER = Path(__file__).parents[1] / "lexicon"
# «je ne suis plus», «pas», «ni» just before: what is denied is not a fact.
_DENIED = re.compile(
    r"(?:\b(?:pas?|plus|jamais|ni|sans|aucun|aucune|non)\b|\bn'ai\b|\bni en\b)"
    r"(?:\W+(?:de|d'|du|en|a|au|le|la|les|un|une|encore|vraiment|etre|mon|l'))*\W*$"
)


@cache
def lexicon(name: str) -> Any:
    """The content of `nlu/lexicon/<name>.yml`."""
    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


@cache
def patterns(name: str) -> tuple[tuple[str, Any, re.Pattern[str]], ...]:
    """The patterns of a lexicon `entity → value → [pattern…]`, as (entity, value, pattern)."""
    return tuple(
        (entity, value, re.compile(rf"\b(?:{pattern})(?!\w)"))
        for entity, values in lexicon(name).items()
        for value, given in values.items()
        for pattern in given
    )


def find_patterns(message: Folded, name: str) -> Iterator[Found]:
    """Every pattern of the lexicon that the message holds and does not deny."""
    for entity, value, pattern in patterns(name):
        for match in pattern.finditer(message.folded):
            if not denied(message, match.start()):
                yield Found(entity, value, match.start(), match.end())


def denied(message: Folded, place: int) -> bool:
    """Whether what begins at `place` is denied, given up or replaced."""
    return _DENIED.search(message.before(place, 30)) is not None
