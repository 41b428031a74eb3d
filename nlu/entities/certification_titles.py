"""Certifications by their title, within a type of diploma or among all."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from knowledge.catalogue import Catalogue
from knowledge.records import Certification
from knowledge.search.words import content_words, singular
from nlu.entities.text import fold

Key = tuple[str, ...]
_COVERED_AT_LEAST = 0.5
_SHORTEST_ACRONYM = 3
_FEMININE = (
    ("euse", "eur"),
    ("trice", "teur"),
    ("ienne", "ien"),
    ("iere", "ier"),
    ("ere", "er"),
    ("ante", "ant"),
    ("ente", "ent"),
    ("iale", "ial"),
    ("elle", "el"),
    ("ive", "if"),
    ("ee", "e"),
)
_TRADE = re.compile(r"(?<=\w{4})(?:erie|iere|ier|ere|er|euse|eur|age|ure)$")


class CertificationTitles:
    """Finds the one active certification that a title fits: the newest where several records share it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_type: defaultdict[str, defaultdict[Key, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._all: defaultdict[Key, list[str]] = defaultdict(list)
        self._by_word: defaultdict[str, set[Key]] = defaultdict(set)
        self.levels: dict[str, int | None] = {}
        active = [record for record in catalogue.certifications.values() if record.active]
        for record in active:
            key = title_key(record.title)
            self.levels[record.code] = record.level
            self._by_type[record.type][key].append(record.code)
            self._all[key].append(record.code)
            for word in key:
                self._by_word[word].add(key)
        self.acronyms = _unique_acronyms(active)

    def of_type(self, types: Sequence[str], words: Key) -> str | None:
        """The code that `words` name among these types: its whole title, or enough of the only one that fits."""
        for kind in types:
            titles: Mapping[Key, list[str]] = self._by_type.get(kind, {})
            if words in titles:
                return newest(titles[words])
            fitting = [key for key in titles if set(words) <= set(key)]
            covered = len(fitting) == 1 and len(words) >= _COVERED_AT_LEAST * len(set(fitting[0]))
            alike = fitting if covered else [key for key in titles if _stems(key) == _stems(words)]
            if len(alike) == 1:
                return newest(titles[alike[0]])
        return None

    def exact(self, words: Key) -> str | None:
        """The code of the only title of any type that is `words`; None when several types share it."""
        codes = self._all.get(words, [])
        return newest(codes) if codes and self._is_one(codes, words) else None

    def holding(self, word: str) -> str | None:
        """The code of the only title that holds this word; None when there are others or none."""
        keys = self._by_word.get(_masculine(singular(word)), set())
        return newest(self._all[next(iter(keys))]) if len(keys) == 1 else None

    def _is_one(self, codes: Iterable[str], words: Key) -> bool:
        wanted = set(codes)
        return sum(bool(wanted & set(titles.get(words, ()))) for titles in self._by_type.values()) == 1


def title_key(title: str) -> Key:
    """What two ways of writing a title have in common, from its content words."""
    plain = title.replace("’", "'").split("(fiche nationale)")[0]
    return tuple(_masculine(singular(word)) for word in content_words(plain))


@cache
def _masculine(word: str) -> str:
    """One form for «conseillère» and «conseiller», «sociale» and «social»."""
    for feminine, masculine in _FEMININE:
        if len(word) > len(feminine) + 1 and word.endswith(feminine):
            return word[: -len(feminine)] + masculine
    return word


def _stems(words: Key) -> Key:
    """«pâtisserie» and «pâtissier» have a stem in common."""
    return tuple(map(_stem, words))


@cache
def _stem(word: str) -> str:
    return _TRADE.sub("", word)


def newest(codes: Iterable[str]) -> str:
    """The code with the highest number."""
    return max(codes, key=lambda code: (int("".join(filter(str.isdigit, code)) or 0), code))


def _unique_acronyms(active: Sequence[Certification]) -> Mapping[str, str]:
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for record in active:
        for acronym in _acronyms(record):
            holders[acronym].add(record.code)
    titles = {record.code: title_key(record.title) for record in active}
    return {acronym: newest(codes) for acronym, codes in holders.items() if len({titles[code] for code in codes}) == 1}


def _acronyms(record: Certification) -> Iterator[str]:
    for acronym in record.acronyms:
        key = fold(acronym)
        if len(key) >= _SHORTEST_ACRONYM and key.isalnum():
            yield key
