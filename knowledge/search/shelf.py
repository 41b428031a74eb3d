"""The records that search shows: the active ones, each title once, with what makes them findable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.records import Certification
from knowledge.search.words import fold


@dataclass(frozen=True, slots=True)
class Shelf:
    """Parallel arrays over the records shown. `findable` holds the same records with the ROME codes of their twins."""

    records: tuple[Certification, ...]
    findable: tuple[Certification, ...]
    levels: NDArray[np.int8]
    kinds: NDArray[np.str_]
    types: tuple[str, ...]
    titles: tuple[str, ...]


def shelve(certifications: Mapping[str, Certification]) -> Shelf:
    """Keep the newest of the active records that share title, type and level, in a fixed order.

    A new version often comes without the ROME codes that the old one has: it is found by them too.
    """
    twins: dict[tuple[str, str, int | None], list[Certification]] = {}
    for record in certifications.values():
        if record.active:
            twins.setdefault((" ".join(fold(record.title).split()), fold(record.type), record.level), []).append(record)
    kept = sorted(
        ((max(group, key=_age), group) for group in twins.values()), key=lambda pair: _age(pair[0]), reverse=True
    )
    records = tuple(newest for newest, _ in kept)
    return Shelf(
        records=records,
        findable=tuple(replace(newest, rome=_codes(group)) if not newest.rome else newest for newest, group in kept),
        levels=np.array([record.level or 0 for record in records], np.int8),
        kinds=np.array([record.kind for record in records], dtype=np.str_),
        types=tuple(fold(record.type) for record in records),
        titles=tuple(" ".join(fold(record.title).split()) for record in records),
    )


def _age(record: Certification) -> tuple[date, str, int, str]:
    digits = "".join(char for char in record.code if char.isdigit())
    return (record.ends_on or date.min, record.kind, int(digits or 0), record.code)


def _codes(group: Iterable[Certification]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for record in group for code in record.rome))
