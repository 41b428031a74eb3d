"""Deterministic variants of training messages, as people also type them: without accents, with slips of the finger."""

import random
from collections.abc import Iterator, Sequence

from nlu.corpus_reader import Example
from nlu.normalise import fold

_EVERY = 3
_SHORTEST_WORD = 5
_LONGEST_MESSAGE = 70


def variants(examples: Sequence[Example]) -> Iterator[tuple[int, Example]]:
    """One short example in three without accents and with slips; with the index of the one it comes from."""
    for index, example in enumerate(examples):
        if index % _EVERY or len(example.text) > _LONGEST_MESSAGE:
            continue
        new = _slip(fold(example.text), random.Random(example.text))
        if new != example.text.lower():
            yield index, Example(new, example.intent)


def _slip(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) >= _SHORTEST_WORD and word.isalpha()]
    for i in chance.sample(long, (len(long) + 2) // 3):
        words[i] = _mistype(words[i], chance)
    return " ".join(words)


def _mistype(word: str, chance: random.Random) -> str:
    """Two letters swapped, one doubled, or one left out."""
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    return chance.choice([f"{head}{tail[0]}{letter}{tail[1:]}", f"{head}{letter}{letter}{tail}", f"{head}{tail}"])
