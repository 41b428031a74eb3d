"""A message as the intent classifier reads it: plain signs, no drawn-out letters, usual spellings for SMS ones."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

LONGEST = 4_000
_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "—": "-", "\u00a0": " "})
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """The first 4,000 characters of `text`, made plain. Capitals, acronyms and codes stay; any string is taken.

    >>> normalise("ouiiii jveu fer 1 formation")
    'oui je veux faire 1 formation'
    """
    plain = _INVISIBLE.sub("", text[:LONGEST].translate(_SIGNS))
    plain = _DRAWN_OUT.sub(r"\1", unicodedata.normalize("NFC", plain))
    if plain.isupper() and len(plain.split()) > 1:
        plain = plain.lower()
    return " ".join(_WORD.sub(lambda match: _usual(match.group()), plain).split())


def _usual(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return word
    return spellings().get(word.lower(), word)


@cache
def spellings() -> dict[str, str]:
    """The lexicon of SMS spellings."""
    with (Path(__file__).parent / "lexicon" / "spellings.yml").open(encoding="utf-8") as stream:
        return {str(short): str(usual) for short, usual in yaml.safe_load(stream).items()}
