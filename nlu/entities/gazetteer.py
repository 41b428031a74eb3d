"""The names of places, as people write them, and which of two homonyms is meant."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from math import cos, hypot, log10, radians

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.catalogue import Catalogue
from knowledge.places import departments, regions
from knowledge.records import Commune
from nlu.entities.lexicons import lexicon
from nlu.entities.text import words_of

Words = tuple[str, ...]
_HOME_REGION = "44"
_CENTRE = "54395"  # Nancy, the middle of Grand Est
_KM_PER_DEGREE = 111.2
# A commune 100 km farther must have ten times the people to be the one meant.
_KM_PER_TENFOLD = 100.0
_KNOWN_SHORT = 1_500
_KNOWN_AFAR = 10_000
_SHORTEST_CORRECTED = 5
_LONG = 9
_SHORTENED = {"saint": "st", "sainte": "ste"}
_LINKS = frozenset(
    ["les", "lez", "le", "la", "sur", "sous", "en", "des", "de", "du", "aux", "au", "devant", "pres", "et", "d'", "l'"]
)
_WEAK = frozenset(
    {"st", "ste", "la", "le", "les", "l'", "val", "grand", "grande", "petit", "petite", "mont", "bois", "ville"}
)


class Gazetteer:
    """Communes by name and postcode, departments and regions by name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._communes = catalogue.communes
        self.by_name: defaultdict[Words, list[Commune]] = defaultdict(list)
        self.by_postcode: defaultdict[str, list[Commune]] = defaultdict(list)
        for commune in catalogue.communes.values():
            self.by_name[name_key(commune.name)].append(commune)
            for postcode in commune.postcodes:
                self.by_postcode[postcode].append(commune)
        self._by_start: defaultdict[tuple[str, str], list[tuple[Words, Commune]]] = defaultdict(list)
        for words, communes in self.by_name.items():
            for commune in communes:
                self._by_start[commune.department, words[0]].append((words, commune))
        self._add_short_names(catalogue.communes.values())
        self.first_words = {words[0] for words in self.by_name}
        self.longest = max(map(len, self.by_name), default=1)
        self.areas = dict(_areas())
        self._correctable = _correctable(self.by_name)

    def ranked(self, communes: Iterable[Commune], hub_insee: str | None) -> list[Commune]:
        """The likeliest first: near to the hub (or to the middle of Grand Est) and peopled."""
        centre = self._communes.get(hub_insee or "") or self._communes.get(_CENTRE)
        return sorted(communes, key=lambda c: (_cost(centre, c), c.insee))

    def within(self, name: Words, departments: Collection[str]) -> list[Commune]:
        """Communes of these departments with this name or, failing that, with a name that it begins («Montigny» for
        Montigny-sur-Meuse)."""
        near = [pair for department in departments for pair in self._by_start.get((department, name[0]), ())]
        exact = [commune for words, commune in near if words == name]
        return exact or [c for words, c in near if words[: len(name)] == name and words[len(name)] in _LINKS]

    def corrected(self, words: Words) -> Words | None:
        """The name of which `words` is a misspelling; None when there is none."""
        written = " ".join(words)
        if len(written) < _SHORTEST_CORRECTED:
            return None
        slips = 2 if len(written) >= _LONG else 1
        near = self._correctable.get((written[0], len(words)), [])
        found = process.extractOne(written, near, scorer=OSA.distance, score_cutoff=slips)
        return None if found is None else tuple(found[0].split())

    def _add_short_names(self, communes: Iterable[Commune]) -> None:
        """«Saint-Dié» for Saint-Dié-des-Vosges: what stands before the link, of communes known well enough."""
        for insee_name, insee in lexicon("places")["aliases"].items():
            if insee in self._communes:
                self.by_name[_shortened(insee_name.split())].append(self._communes[insee])
        for commune in communes:
            floor = _KNOWN_SHORT if commune.region == _HOME_REGION else 5 * _KNOWN_AFAR
            if commune.population < floor:
                continue
            short = _short_name(name_key(commune.name))
            if short and commune not in self.by_name[short]:
                self.by_name[short].append(commune)


def name_key(name: str) -> Words:
    """A name as words: no accents, «st» for «saint»."""
    return _shortened(words_of(name))


def _shortened(words: Iterable[str]) -> Words:
    return tuple(_SHORTENED.get(word, word) for word in words)


def _short_name(words: Words) -> Words | None:
    place = next((n for n, word in enumerate(words) if n and word in _LINKS), 0)
    short = words[:place] if place else ()
    strong = [word for word in short if word not in _WEAK]
    return short if strong and len("".join(strong)) >= 3 and set(short) != set(words) else None


def _areas() -> Iterator[tuple[Words, str]]:
    for code, name in regions().items():
        yield name_key(name), f"R{code}"
    for department in departments().values():
        yield name_key(department.name), department.code
    for name, code in lexicon("places")["areas"].items():
        yield _shortened(name.split()), str(code)


def _correctable(by_name: dict[Words, list[Commune]]) -> dict[tuple[str, int], list[str]]:
    """Names that a misspelling may stand for, by first letter and number of words: near by, or big."""
    names: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for words, communes in by_name.items():
        known = any(c.population >= (_KNOWN_SHORT if c.region == _HOME_REGION else _KNOWN_AFAR) for c in communes)
        name = " ".join(words)
        if known and len(name) >= _SHORTEST_CORRECTED:
            names[name[0], len(words)].append(name)
    return names


def _cost(centre: Commune | None, commune: Commune) -> float:
    return _distance(centre, commune) / _KM_PER_TENFOLD - log10(max(commune.population, 1))


def _distance(one: Commune | None, other: Commune) -> float:
    """Kilometres between two communes; a guess by region where coordinates are missing."""
    if one is None:
        return _KM_PER_TENFOLD
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 0.5 * _KM_PER_TENFOLD if one.region == other.region else 4 * _KM_PER_TENFOLD
    north = other.latitude - one.latitude
    east = (other.longitude - one.longitude) * cos(radians(one.latitude))
    return _KM_PER_DEGREE * hypot(north, east)
