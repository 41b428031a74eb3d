"""Lexicons kept in YAML (`nlu/lexicon/`), read and compiled once. Their words are folded: lower case, no accents."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from nlu.entities.text import LEXICON


@cache
def lexicon(name: str) -> Any:
    """The content of `nlu/lexicon/<name>.yml`."""
    with (LEXICON / f"{name}.yml").open(encoding="utf-8") as stream:
        return yaml.safe_load(stream)


@cache
def rules(name: str, key: str) -> tuple[re.Pattern[str], ...]:
    """The list of patterns `key` of a lexicon."""
    return tuple(re.compile(pattern) for pattern in lexicon(name)[key])


@cache
def whole_words(name: str, entity: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a lexicon `entity → value → [pattern…]`, one per value, that match whole words."""
    return tuple(
        (str(value), re.compile(rf"(?<!\w)(?:{'|'.join(given)})(?!\w)"))
        for value, given in lexicon(name)[entity].items()
    )


def any_match(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Whether one of the patterns is found in `text`."""
    return any(pattern.search(text) for pattern in patterns)


def matches(name: str, entity: str, folded: str) -> Iterator[tuple[str, int, int]]:
    """Every (value, start, end) of an entity of a lexicon in a folded text."""
    for value, pattern in whole_words(name, entity):
        for match in pattern.finditer(folded):
            yield value, *match.span()
