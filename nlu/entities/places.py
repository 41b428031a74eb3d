"""Places: communes by name or postcode, departments, regions. A word that is also something else stays what it is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from math import cos, hypot, radians

from knowledge.catalogue import Catalogue
from knowledge.places import departments, regions
from knowledge.records import Commune
from nlu.entities.found import Found
from nlu.entities.lexicons import denied, lexicon
from nlu.entities.text import Folded, Token
from nlu.understanding import Candidate, Context

Words = tuple[str, ...]
_LONGEST_NAME = 7
_CANDIDATES = 3
_KM_PER_DEGREE = 111.2
# A commune 100 km farther must have about ten times the people to be the one meant.
_KM_PER_TENFOLD = 100.0
_SURE_POPULATION = 20_000
_POSTCODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_BEFORE = re.compile(
    r"(?:\b(?:a|sur|vers|de|d'|pres de|pres d'|autour de|cote de|region de|habite|jabite|vis|viens de|reside|loge|"
    r"ville de|secteur de|secteur|centre de|hub de|au|en|depuis|entre|et|ou|jusqu'a|la|le)|^|[,(:;.!?-])\s*$"
)
_IN_AREA = re.compile(
    r"\b(?:dans|en|le|la|les|l'|departement|region|du|de la|des|vers)\s*(?:les |le |la |l'|de |du )?$"
)
_SHORTENED = {"saint": "st", "sainte": "ste"}


class PlaceReader:
    """Finds places. Homonyms are settled by nearness to the hub (or to the middle of Grand Est) and by population."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._communes = catalogue.communes
        self._by_name: defaultdict[Words, list[Commune]] = defaultdict(list)
        self._by_postcode: defaultdict[str, list[Commune]] = defaultdict(list)
        for commune in catalogue.communes.values():
            self._by_name[_key(commune.name)].append(commune)
            for postcode in commune.postcodes:
                self._by_postcode[postcode].append(commune)
        self._areas: dict[Words, str] = {_key(name): f"R{code}" for code, name in regions().items()}
        self._areas.update({_key(d.name): d.code for d in departments().values()})
        self._common = frozenset(lexicon("places")["common_words"])

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Places of the message."""
        for match in _POSTCODE.finditer(message.folded):
            communes = self._by_postcode.get(match.group(1))
            if communes:
                best = self._ranked(communes, context)[0]
                value = best.insee if len(communes) == 1 else self._largest(communes).insee
                yield Found("location", value, *match.span())
        yield from self._names(message, context)

    def _names(self, message: Folded, context: Context) -> Iterator[Found]:
        tokens, place = message.tokens, 0
        while place < len(tokens):
            size, found = self._at(message, context, tokens, place)
            if found is not None:
                yield found
            place += size

    def _at(self, message: Folded, context: Context, tokens: tuple[Token, ...], place: int) -> tuple[int, Found | None]:
        for size in range(min(_LONGEST_NAME, len(tokens) - place), 0, -1):
            words = _shortened(t.text for t in tokens[place : place + size])
            start, end = tokens[place].start, tokens[place + size - 1].end
            communes = self._by_name.get(words)
            if communes and self._is_meant(message, context, words, communes, start, end):
                if denied(message, start):
                    return size, None
                ranked = self._ranked(communes, context)
                return size, Found("location", ranked[0].insee, start, end, candidates=_homonyms(ranked))
            area = self._areas.get(words)
            if area and not communes and (_IN_AREA.search(message.before(start)) or context.asked_field == "location"):
                return size, None if denied(message, start) else Found("location", area, start, end)
        return 1, None

    def _is_meant(
        self, message: Folded, context: Context, words: Words, communes: list[Commune], start: int, end: int
    ) -> bool:
        written = message.text[start:end]
        before = message.before(start)
        announced = _BEFORE.search(before) is not None
        if context.asked_field == "location" and len(message.tokens) <= len(words) + 3:
            return " ".join(words) not in self._common or not before.strip()
        population = max(c.population for c in communes)
        capital = written[:1].isupper() and not message.text.isupper()
        placed = re.search(r"\b(?:a|sur|vers|habite|jabite|vis|reside|pres de|ville de|hub de)\s*$", before) is not None
        if " ".join(words) in self._common:
            return placed and (capital or population >= _SURE_POPULATION)
        if len(words) > 1 or population >= _SURE_POPULATION:
            return announced or capital or len(words) > 1
        return (capital and announced) or (placed and len(words[0]) >= 4) or (capital and population > 2_000)

    def _ranked(self, communes: list[Commune], context: Context) -> list[Commune]:
        centre = self._communes.get(context.hub_insee or "") or self._communes.get("54395")

        def cost(commune: Commune) -> tuple[float, str]:
            size = len(str(max(commune.population, 1)))
            return _distance(centre, commune) / _KM_PER_TENFOLD - size, commune.insee

        return sorted(communes, key=cost)

    @staticmethod
    def _largest(communes: list[Commune]) -> Commune:
        return max(communes, key=lambda c: (c.population, c.insee))


def _homonyms(ranked: list[Commune]) -> tuple[Candidate, ...]:
    if len(ranked) == 1:
        return ()
    return tuple(Candidate(c.insee, c.name, round(1 / (n + 1), 2)) for n, c in enumerate(ranked[:_CANDIDATES]))


def _key(name: str) -> Words:
    return _shortened(token.text for token in Folded.of(name).tokens)


def _shortened(words: Iterator[str]) -> Words:
    return tuple(_SHORTENED.get(word, word) for word in words)


def _distance(one: Commune | None, other: Commune) -> float:
    if one is None or None in {one.latitude, other.latitude, one.longitude, other.longitude}:
        return 5 * _KM_PER_TENFOLD
    north = (other.latitude or 0) - (one.latitude or 0)
    east = ((other.longitude or 0) - (one.longitude or 0)) * cos(radians(one.latitude or 0))
    return _KM_PER_DEGREE * hypot(north, east)
