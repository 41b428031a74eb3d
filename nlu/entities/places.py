"""Places: communes by name or postcode, departments, regions. A word that is also something else stays what it is."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.catalogue import Catalogue
from knowledge.places import departments
from knowledge.records import Commune
from nlu.entities.clauses import is_denied
from nlu.entities.found import Found
from nlu.entities.gazetteer import Gazetteer, Words
from nlu.entities.lexicons import lexicon
from nlu.entities.text import Folded, Token
from nlu.understanding import Candidate, Context

_CANDIDATES = 3
_KNOWN = 2_000
_SHORTEST = 5
_HOME_REGION = "44"
_WELL_KNOWN = 20_000
_POSTCODE = re.compile(r"(?<![\d+])(\d{5})(?!\d|\s?(?:€|euros?|balles))")
_AREA_NUMBER = re.compile(
    r"(?<![\d,.])(0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-6])(?![\d\w]|[,.]\d|\s?(?:€|euros?|ans?|h|mois|%|km|personnes|salaries|jours?|/))"
)
_PART = {"saint": "st", "sainte": "ste", "saintes": "saintes"}


class PlaceReader:
    """Finds places. Homonyms are settled by nearness to the hub and by population."""

    def __init__(self, catalogue: Catalogue, known: frozenset[str]) -> None:
        """`known` are folded French words that are no misspelt town."""
        self._names = Gazetteer(catalogue)
        self._common = frozenset(map(str, lexicon("places")["common_words"]))
        self._known = known

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Places of the message."""
        yield from self._postcodes(message, context)
        yield from _numbered_departments(message, context)
        tokens, place = message.tokens, 0
        while place < len(tokens):
            size, found = self._at(message, context, place)
            if found is not None:
                yield found
            place += size

    def _postcodes(self, message: Folded, context: Context) -> Iterator[Found]:
        for match in _POSTCODE.finditer(message.folded):
            if communes := self._names.by_postcode.get(match.group(1)):
                largest = max(communes, key=lambda c: (c.population, c.insee))
                yield Found("location", largest.insee, *match.span())
            elif context.asked_field == "location" and (area := _department_of(match.group(1))):
                yield Found("location", area, *match.span())

    def _at(self, message: Folded, context: Context, place: int) -> tuple[int, Found | None]:
        tokens = message.tokens[place : place + self._names.longest]
        words = tuple(_PART.get(t.text, t.text) for t in tokens)
        if contracted := self._contracted(message, context, place, words):
            return contracted
        for size in range(len(words), 0, -1):
            name = words[:size]
            start, end = tokens[0].start, tokens[size - 1].end
            if name in self._names.areas and (area := self._area(message, context, name, start, end)):
                return size, area
            if name in self._names.by_name and self._is_meant(message, context, name, start, end):
                return size, self._commune(message, context, name, start, end)
        return self._misspelt(message, context, tokens)

    def _contracted(
        self, message: Folded, context: Context, place: int, words: Words
    ) -> tuple[int, Found | None] | None:
        """«aux Riceys», «au Mans», «du Havre»: the article of the name is in the word before it."""
        article = _CONTRACTED.get(words[0]) if words else None
        if article is None or len(words) == 1:
            return None
        tokens = message.tokens[place : place + len(words)]
        for size in range(len(words), 1, -1):
            name = (article, *words[1:size])
            if name in self._names.by_name and self._is_contracted(message, name, tokens[1].start):
                return size, self._commune(message, context, name, tokens[0].start, tokens[size - 1].end)
        return None

    def _is_contracted(self, message: Folded, name: Words, start: int) -> bool:
        if message.is_capital(start):
            return True
        large = max(commune.population for commune in self._names.by_name[name]) >= _WELL_KNOWN
        return not {*name[1:]} & self._common and (large or not {*name[1:]} & self._known)

    def _area(self, message: Folded, context: Context, name: Words, start: int, end: int) -> Found | None:
        announced = _rule("in_area").search(message.before(start)) is not None
        if not (announced or message.is_capital(start) or context.asked_field == "location"):
            return None
        if not message.is_capital(start) and _rule("not_in_area").search(message.before(start)):
            return None
        if name in self._names.by_name and _rule("placed").search(message.before(start)):
            return None
        return None if is_denied(message, start, end) else Found("location", self._names.areas[name], start, end)

    def _commune(self, message: Folded, context: Context, name: Words, start: int, end: int) -> Found | None:
        if is_denied(message, start, end):
            return None
        communes = self._names.within(name, self._said_departments(message)) or self._names.by_name[name]
        ranked = self._names.ranked(communes, context.hub_insee)
        return Found("location", ranked[0].insee, start, end, candidates=_homonyms(ranked))

    def _said_departments(self, message: Folded) -> frozenset[str]:
        """The departments that the message names or numbers, which tell homonyms apart: «Neuville, dans la Marne»."""
        words = tuple(token.text for token in message.tokens)
        windows = (words[i : i + size] for size in range(1, 5) for i in range(len(words)))
        named = {code for window in windows if (code := self._names.areas.get(window)) and not code.startswith("R")}
        numbered = {match.group(1).upper() for match in _AREA_NUMBER.finditer(message.folded)}
        return frozenset(named | numbered)

    def _is_meant(self, message: Folded, context: Context, name: Words, start: int, end: int) -> bool:
        before = message.before(start)
        placed = _rule("placed").search(before) is not None
        capital = message.is_capital(start)
        joined = re.match(r"-([^\W\d_]+)", message.after(end))
        if joined and (joined.group(1),) not in self._names.by_name:
            return False  # «Croix-Rouge»
        if context.asked_field == "location" and len(message.tokens) <= len(name) + 3:
            return " ".join(name) not in self._common or not before.strip() or placed
        if " ".join(name) in self._common or (len(name) > 1 and {*name[1:]} <= self._common and name[0] in _ARTICLES):
            return placed and capital
        population = max(c.population for c in self._names.by_name[name])
        if len(name) == len(message.tokens) and population >= _KNOWN:
            return True
        if placed:
            return capital or ((population >= _KNOWN or self._is_near(name)) and self._is_a_name(name, population))
        if population >= _KNOWN and self._is_near(name) and _rule("corrects").search(before):
            return True
        maybe = capital or _rule("maybe").search(before) is not None
        if len(name) > 1 and name[0] not in _ARTICLES:
            return maybe or population >= _KNOWN
        if capital and (population >= _KNOWN or _announces(before)):
            return True
        return maybe and population >= _WELL_KNOWN

    def _is_near(self, name: Words) -> bool:
        return any(commune.region == _HOME_REGION for commune in self._names.by_name[name])

    def _is_a_name(self, name: Words, population: int) -> bool:
        """Whether words in small letters are a town's name, and not «la porte» or «le ban»."""
        small = population < _KNOWN
        if small and len("".join(name)) < _SHORTEST:
            return False
        return not small or name[0] not in _ARTICLES or not {*name[1:]} <= self._known

    def _misspelt(self, message: Folded, context: Context, tokens: tuple[Token, ...]) -> tuple[int, Found | None]:
        """A misspelt town, only right after what announces a town."""
        first = tokens[0]
        asked = context.asked_field == "location" and len(message.tokens) <= 3
        if first.text in self._known or first.text in self._common or not first.text.isalpha():
            return 1, None
        if not (asked or _announces_misspelt(message, first.start)):
            return 1, None
        for size in range(min(4, len(tokens)), 0, -1):
            words = tuple(_PART.get(t.text, t.text) for t in tokens[:size])
            if (name := self._names.corrected(words)) and " ".join(name) not in self._common:
                return size, self._commune(message, context, name, first.start, tokens[size - 1].end)
        return 1, None


_CONTRACTED = {"au": "le", "du": "le", "aux": "les", "des": "les"}
_ARTICLES = frozenset({"la", "le", "les", "l'"})


def _announces(before: str) -> bool:
    return re.search(r"(?:\b(?:de|d'|en|depuis|hub|chez)\s?|,\s?|^)$", before) is not None


def _announces_misspelt(message: Folded, start: int) -> bool:
    """Whether a town must follow: «habite …», «vers …», «à …»; an «a» without accent only from who writes none."""
    before = message.before(start)
    if re.search(r"\b(?:vers|habite|habite a|pres de|autour de|vis a|suis a|hub de|hub d')\s$", before):
        return True
    if not before.endswith(" a ") and before != "a ":
        return False
    return message.written(start - 2, start - 1) in {"à", "À"}


def _numbered_departments(message: Folded, context: Context) -> Iterator[Found]:
    """«dans le 08», or the number alone when the place was asked for."""
    for match in _AREA_NUMBER.finditer(message.folded):
        alone = context.asked_field == "location" and len(message.tokens) <= 3
        if alone or re.search(lexicon("places")["number_area"], message.before(match.start(), 20)):
            code = match.group(1).upper()
            if code in departments() and (
                alone or not re.match(r"\s\w+bre|\s(?:janv|fev|mars|avr|mai|jui|aou|dec)", message.after(match.end()))
            ):
                yield Found("location", code, *match.span())


def _department_of(postcode: str) -> str | None:
    return next((code for code in (postcode[:3], postcode[:2]) if code in departments()), None)


def _homonyms(ranked: list[Commune]) -> tuple[Candidate, ...]:
    if len(ranked) == 1:
        return ()
    return tuple(Candidate(c.insee, c.name, round(1 / (n + 1), 2)) for n, c in enumerate(ranked[:_CANDIDATES]))


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("places")[name])
