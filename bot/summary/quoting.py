"""The person's own words: cut into sentences, shortened, and searched for what they say."""

import re
from functools import cache
from pathlib import Path

import yaml

from bot.folding import fold

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;:])\s+")


def sentences(text: str, longest: int) -> list[str]:
    """The sentences of `text`, word for word; one longer than `longest` characters is cut where it pauses."""
    found = [one.strip() for one in _SENTENCE_END.split(text) if one.strip()]
    return [part for one in found for part in ([one] if len(one) <= longest else _CLAUSE_END.split(one))]


def shortened(text: str, longest: int) -> str:
    """`text` on one line, at most `longest` characters and «…», cut between two words where it has some."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    kept = flat[: longest + 1].rpartition(" ")[0] or flat[:longest]
    return f"{kept.rstrip(' ,;:')}…"


def says(what: str, text: str) -> bool:
    """Whether the words say `what`, a key of `words.yml`."""
    return _patterns()[what].search(fold(text)) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in words.items()}
