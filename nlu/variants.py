"""Deterministic variants of training messages, as people also type them: with slips of the finger, in short spellings.

They make the classifier rely on more than exact words, and what it loses on badly typed messages small.
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from nlu.corpus_reader import Example
from nlu.normalise import fold

_SHORT_SPELLINGS = Path(__file__).parent / "lexicon" / "short_spellings.yml"
_SHORTEST_WORD = 4
_ONE_SLIP_IN = 6
_RULE_APPLIES = 0.6
_NEIGHBOURS = "aeilnorstu"


def variants(examples: Sequence[Example]) -> Iterator[tuple[int, Example]]:
    """Each example without accents and with slips, then in short spellings; with the index of the one it comes from.
    What comes out unchanged is left out."""
    for index, example in enumerate(examples):
        chance = random.Random(example.text)
        for new in (slipped(fold(example.text), chance), shortened(example.text, chance)):
            if new != example.text.lower():
                yield index, Example(new, example.intent)


def slipped(text: str, chance: random.Random) -> str:
    """One slip of the finger for six words: two letters swapped, one replaced, or one left out."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= _SHORTEST_WORD and word.isalpha()]
    for i in chance.sample(long, min(len(long), -(-len(words) // _ONE_SLIP_IN))):
        words[i] = _mistype(words[i], chance)
    return " ".join(words)


def shortened(text: str, chance: random.Random) -> str:
    """As in a short message: some of the usual abbreviations and phonetic spellings, no accent."""
    short = text.lower()
    for pattern, replacement in _rules():
        if chance.random() < _RULE_APPLIES:
            short = pattern.sub(replacement, short)
    return fold(short)


def _mistype(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    return chance.choice(
        [f"{head}{tail[0]}{letter}{tail[1:]}", f"{head}{chance.choice(_NEIGHBOURS)}{tail}", head + tail]
    )


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    with _SHORT_SPELLINGS.open(encoding="utf-8") as stream:
        return tuple((re.compile(pattern), replacement) for pattern, replacement in yaml.safe_load(stream))
