"""What the words of a query say by themselves: a number, a diploma, a level, an acronym."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from knowledge.records import AccessRoute
from knowledge.search.words import content_words, fold, words

_CODE = re.compile(r"\b(r\W?n\W?c\W?p|rnpc|rcnp|rncap|rnc|r\W?s)\W{0,3}(?:n|no|num|numero)?\W{0,3}(\d[\d ]{1,6})(?!\d)")
_BARE_NUMBER = re.compile(r"\W*(\d{3,5})\W*")
_YEARS = re.compile(r"\bbac(?:calaureat)? ?(?:\+|plus) ?(\d|un|deux|trois|quatre|cinq|huit)\b")
_LEVEL = re.compile(r"\b(?:niveau|niv\.?|level|eqf) ?(?:n ?|no )?([3-8])\b")
# What is said not to be wanted says nothing of what is.
_NEGATED = re.compile(
    r"(?:,\s*)?\b(?:sans|ni|(?:mais |et |surtout )?pas (?:du tout )?(?:de|d'|dans|du|des|un|une|en|le|la|les))\b"
    r"\s?[^,.;:!?]*",
    re.IGNORECASE,
)
_NUMBERS = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "huit": 8}


@dataclass(frozen=True, slots=True)
class Diploma:
    """A kind of diploma: its folded `names`, and `types`, what records call it; `level` is None where it varies."""

    names: tuple[str, ...]
    level: int | None = None
    only_capitals: bool = False
    types: tuple[str, ...] = ()

    def is_of(self, kind: str, title: str) -> bool:
        """Whether a record of this folded type and title is of this kind."""
        return (
            kind in (*self.names, *self.types)
            or title in self.names
            or title.startswith(tuple(f"{name} " for name in self.names))
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A query read.

    `codes`: the numbers it may give (RNCP38461), `only_code`: it says nothing else; `access`: the way to
    obtain it that it asks for; `expansions`: its acronyms in full;
    `topic`: its words as records write them, without what says only the level, the diploma or that one is looking.
    """

    text: str
    topic: str
    codes: tuple[str, ...] = ()
    diploma: Diploma | None = None
    level: int | None = None
    access: AccessRoute | None = None
    expansions: Mapping[str, str] | None = None
    only_code: bool = False


class Lexicon:
    """The lexicon of `lexicon.yml`."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries

    @classmethod
    def load(cls) -> "Lexicon":
        """The project's own lexicon."""
        return cls(yaml.safe_load(Path(__file__).with_name("lexicon.yml").read_text("utf-8")))

    def read(self, text: str) -> Reading:
        """Read a query of any length; an empty one gives an empty reading."""
        text = _NEGATED.sub(" ", text).strip() or text
        folded = " ".join(fold(text).split())
        codes, folded = _codes(folded)
        diploma, rest = self._diploma(text, folded)
        level, rest = self._level(rest)
        if level is None and diploma:
            level = diploma.level
        access, rest = self._access(rest)
        expansions = self._expansions(text, diploma)
        return Reading(
            text=text,
            topic=self._topic(rest, expansions) or _whole(text, diploma),
            codes=codes,
            only_code=bool(codes) and not self._topic(rest, expansions),
            diploma=diploma,
            level=level,
            access=access,
            expansions=expansions,
        )

    def _diploma(self, text: str, folded: str) -> tuple[Diploma | None, str]:
        for name, diploma in self._diplomas:
            if diploma.only_capitals and " " not in name and not re.search(rf"\b{name.upper()}\b", text):
                continue
            if match := re.search(rf"\b{re.escape(name)}s?\b(?! ?\+)", folded):
                return diploma, f"{folded[: match.start()]} {folded[match.end() :]}"
        return None, folded

    def _level(self, folded: str) -> tuple[int | None, str]:
        if match := _YEARS.search(folded):
            years = _NUMBERS.get(match.group(1)) or int(match.group(1))
            return self._entries["years_after_bac"].get(years), _without(folded, match)
        if match := _LEVEL.search(folded):
            return int(match.group(1)), _without(folded, match)
        for name, level in self._entries["levels"].items():
            if match := re.search(rf"\b{name}\b(?! ?\+)", folded):
                return int(level), _without(folded, match)
        return None, folded

    def _access(self, folded: str) -> tuple[AccessRoute | None, str]:
        for name, access in self._entries["access"].items():
            if match := re.search(rf"\b(?:par |en |avec )?(?:un |une |la |l'|le )?{name}\b", folded):
                return access, _without(folded, match)
        return None, folded

    def _expansions(self, text: str, diploma: Diploma | None) -> dict[str, str]:
        known: Mapping[str, str] = self._entries["acronyms"]
        doubtful = self._entries["also_words"]
        found = (word for word in words(text) if word in known)
        return {
            word: known[word]
            for word in found
            if word not in doubtful or diploma or re.search(rf"\b{word.upper()}\b", text)
        }

    def _topic(self, rest: str, expansions: Mapping[str, str]) -> str:
        kept = [word for word in content_words(rest) if word not in self._asking]
        return " ".join(expansions.get(word, word) for word in kept)

    @cached_property
    def _diplomas(self) -> list[tuple[str, Diploma]]:
        """Names, the longest first, so that «licence professionnelle» is not a «licence»."""
        diplomas = (
            Diploma(
                tuple(entry["names"]),
                entry.get("level"),
                entry.get("only_capitals", False),
                tuple(entry.get("types", ())),
            )
            for entry in self._entries["diplomas"]
        )
        named = [(name, diploma) for diploma in diplomas for name in diploma.names]
        return sorted(named, key=lambda pair: (-len(pair[0]), pair[0]))

    @cached_property
    def _asking(self) -> frozenset[str]:
        return frozenset(self._entries["asking"])


def _whole(text: str, diploma: Diploma | None) -> str:
    """The topic of a query that says nothing but what it asks for."""
    return max(diploma.names, key=len) if diploma else " ".join(content_words(text))


def _codes(folded: str) -> tuple[tuple[str, ...], str]:
    """The numbers that a text may give, and the text without them."""
    if match := _CODE.search(folded):
        kind = "RS" if match.group(1).replace(".", "").startswith("rs") or match.group(1)[-1] == "s" else "RNCP"
        return (f"{kind}{_digits(match.group(2))}",), _without(folded, match)
    if match := _BARE_NUMBER.fullmatch(folded):
        return (f"RNCP{match.group(1)}", f"RS{match.group(1)}"), ""
    return (), folded


def _digits(number: str) -> str:
    return number.replace(" ", "").lstrip("0")


def _without(folded: str, match: re.Match[str]) -> str:
    return f"{folded[: match.start()]} {folded[match.end() :]}"
