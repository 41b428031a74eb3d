"""What people type, made regular: one apostrophe, no elongation, no shouting, short spellings written out.

Each character of the result knows where it comes from, and acronyms and codes are left as they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

LONGEST = 4_000
_SPELLINGS = Path(__file__).parent / "lexicon" / "spellings.yml"
_PLAIN = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "‑": "-",
    "–": "-",
    "—": "-",
    "œ": "oe",
    "Œ": "OE",
    "…": "...",
}
_WORD = re.compile(r"[^\W_]+(?:'(?=\w))?")
_ELONGATED = 3
_SHOUTED_WORD = 4
_SHOUTED_SHARE = 0.7

# A character and the place in the original where it comes from.
_Placed = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` is the regular text; `offsets` has one item more: where each character, and the end, was written."""

    text: str
    offsets: tuple[int, ...]

    @property
    def folded(self) -> str:
        """Lower case without accents, for lexicons and patterns."""
        return fold(self.text)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` comes from."""
        return self.offsets[start], max(self.offsets[start], self.offsets[end])


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: Mapping[str, str]
    first_words: Mapping[str, str]
    acronyms: frozenset[str]


def normalise(text: str) -> Normalised:
    """Normalise the first 4,000 characters of any string. Never raises.

    >>> normalise("jveux 1 FORMATIOOON").text
    'je veux 1 FORMATION'
    """
    cut = text[:LONGEST]
    placed = list(_shorten(_squeeze(_clean(cut))))
    calm = _calm("".join(character for character, _ in placed))
    placed = [(new, place) for new, (_, place) in zip(calm, placed, strict=True)]
    placed = list(_respell(placed))
    end = placed[-1][1] + 1 if placed else 0
    return Normalised("".join(c for c, _ in placed), (*(place for _, place in placed), min(end, len(cut))))


def fold(text: str) -> str:
    """Lower case, without accents."""
    lowered = unicodedata.normalize("NFKD", text).lower()
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def is_acronym(word: str) -> bool:
    """Whether a word, in whatever case, is an acronym of the field («cpf», «DEAES»)."""
    return fold(word) in _lexicon().acronyms


def _clean(text: str) -> Iterator[_Placed]:
    """Characters one by one: composed accents, plain apostrophes, nothing invisible."""
    previous: _Placed | None = None
    for place, character in enumerate(text):
        if previous and unicodedata.combining(character):
            composed = unicodedata.normalize("NFC", previous[0] + character)
            previous = (composed if len(composed) == 1 else previous[0], previous[1])
            continue
        for plain in _plain(character):
            if previous:
                yield previous
            previous = (plain, place)
    if previous:
        yield previous


@cache
def _plain(character: str) -> str:
    known = _PLAIN.get(character)
    if known:
        return known
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category[0] == "C":
        return " "
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character


def _squeeze(placed: Iterator[_Placed]) -> Iterator[_Placed]:
    """One space between words, none around."""
    space: _Placed | None = None
    begun = False
    for item in placed:
        if item[0] == " ":
            space = item
            continue
        if space and begun:
            yield space
        space, begun = None, True
        yield item


def _shorten(placed: Iterator[_Placed]) -> Iterator[_Placed]:
    """A letter written three times or more is written once («merciii»); punctuation too («???»)."""
    for character, group in groupby(placed, key=lambda item: item[0]):
        run = list(group)
        elongated = len(run) >= _ELONGATED and not character.isdigit() and character not in "IX."
        yield from run[:1] if elongated else run


def _calm(text: str) -> str:
    """Shouting in lower case, but for acronyms. Same length."""
    letters = [character for character in text if character.isalpha()]
    shouted = sum(map(str.isupper, letters)) > _SHOUTED_SHARE * len(letters)
    if not shouted or not any(len(word) >= _SHOUTED_WORD for word in _WORD.findall(text)):
        return text
    return _WORD.sub(_calm_word, text)


def _calm_word(match: re.Match[str]) -> str:
    word = match.group()
    lowered = word.lower()
    kept = is_acronym(word) or any(map(str.isdigit, word)) or len(lowered) != len(word)
    return word if kept else lowered


def _respell(placed: list[_Placed]) -> Iterator[_Placed]:
    text = "".join(character for character, _ in placed)
    done = 0
    for match in _WORD.finditer(text):
        new = _spelling(match.group(), text, match.start(), match.end())
        if new is None:
            continue
        yield from placed[done : match.start()]
        last = match.end() - 1
        for i, character in enumerate(new):
            yield character, placed[min(match.start() + i, last)][1]
        done = match.end()
    yield from placed[done:]


def _spelling(word: str, text: str, start: int, end: int) -> str | None:
    lexicon = _lexicon()
    folded = fold(word)
    if word.isupper() and is_acronym(word):
        return None
    begins = not text[:start].rstrip() or text[:start].rstrip()[-1] in ",.!?;:"
    followed = text[end : end + 1] == " "
    if folded in lexicon.first_words and begins and followed:
        return lexicon.first_words[folded]
    return lexicon.words.get(folded)


@cache
def _lexicon() -> _Lexicon:
    with _SPELLINGS.open(encoding="utf-8") as stream:
        read = yaml.safe_load(stream)
    return _Lexicon(read["words"], read["first_words"], frozenset(map(fold, read["acronyms"])))
