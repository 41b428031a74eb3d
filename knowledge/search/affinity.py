"""How surely a certification leads to a job."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.records import Certification, Job
from knowledge.search.jobs import JobFinder
from knowledge.search.words import located_words

Scores = NDArray[np.float32]

SAME_JOB = 0.65
"""From here on a certification leads to the job itself; from `NEAR_JOB` on, to one of the same family."""

NEAR_JOB = 0.5

_TITLE_BEGINS, _TITLE_HOLDS, _CODE, _PARENT_CODE, _SIBLING, _DOMAIN = 1.0, 0.85, 0.9, 0.8, 0.6, 0.2
# A code of the job, in a record whose title names a neighbouring one.
_CODE_BESIDE_SIBLING = 0.75
_EACH_FURTHER_CODE, _LEAST_FOR_A_CODE = 0.05, 0.65
_DOMAIN_LENGTH = 3


class Affinity:
    """Between 0 (nothing says so) and 1 (its title begins with the job).

    Records carry ROME 4.0 codes or older ones; an older code is the parent of several jobs. The more families of
    jobs a record has, the less each says. A record whose title names a neighbouring job leads to that one first.
    """

    def __init__(self, certifications: Sequence[Certification], finder: JobFinder) -> None:
        self._size = len(certifications)
        self._jobs: Mapping[str, Job] = finder.jobs
        named = [dict(named_jobs(record, finder)) for record in certifications]
        self._named = _postings((i, code, value) for i, jobs in enumerate(named) for code, value in jobs.items())
        self._naming_family = _postings((i, self._parent(code), 1.0) for i, jobs in enumerate(named) for code in jobs)
        weights = [self._weight_of_codes(record) for record in certifications]
        self._coded = _postings(
            (i, code, weights[i]) for i, record in enumerate(certifications) for code in record.rome
        )
        self._by_parent: defaultdict[str, list[str]] = defaultdict(list)
        for code in {*self._named, *self._coded}:
            self._by_parent[self._parent(code)].append(code)

    def to(self, rome: str) -> Scores:
        """Affinity [records] to a job; all zero for a code that nothing knows."""
        parent = self._parent(rome)
        scores = np.zeros(self._size, np.float32)
        for code, (records, weights) in self._coded.items():
            if code == rome:
                _raise(scores, records, weights)
            elif code == parent:
                _raise(scores, records, weights + (_PARENT_CODE - _CODE))
            elif code[:_DOMAIN_LENGTH] == rome[:_DOMAIN_LENGTH]:
                _raise(scores, records, np.full(len(records), _DOMAIN))
        if parent in self._naming_family:
            records, _ = self._naming_family[parent]
            scores[records] = np.clip(scores[records], _SIBLING, _CODE_BESIDE_SIBLING)
        for code in self._by_parent.get(parent, ()):
            if code in self._coded:
                _raise(scores, self._coded[code][0], np.full(len(self._coded[code][0]), _SIBLING))
        if rome in self._named:
            _raise(scores, *self._named[rome])
        return scores

    def _weight_of_codes(self, record: Certification) -> float:
        families = {self._parent(code) for code in record.rome}
        return max(_LEAST_FOR_A_CODE, _CODE - _EACH_FURTHER_CODE * (len(families) - 1))

    def _parent(self, code: str) -> str:
        job = self._jobs.get(code)
        return job.parent if job else code


def named_jobs(record: Certification, finder: JobFinder) -> Iterator[tuple[str, float]]:
    """The jobs that the title of a record names, those that its codes allow where it has any; and how surely."""
    allowed = {*record.rome, *(finder.jobs[code].parent for code in record.rome if code in finder.jobs)}
    first = next((word.start for word in located_words(record.title) if word.folded not in _KINDS), 0)
    for span in reversed(finder.spot(record.title)):
        for hit in span.hits:
            if not allowed or {hit.rome, finder.jobs[hit.rome].parent} & allowed:
                yield hit.rome, _TITLE_BEGINS if span.start == first else _TITLE_HOLDS


_KINDS = frozenset({"cqp", "cqpi", "cap", "bts", "tp", "titre", "professionnel"})


def _postings(
    entries: Iterable[tuple[int, str, float]],
) -> dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]]:
    by_code: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for record, code, value in entries:
        by_code[code][record] = value
    return {
        code: (np.array(list(found), np.int64), np.array(list(found.values()), np.float64))
        for code, found in by_code.items()
    }


def _raise(scores: Scores, records: NDArray[np.int64], values: NDArray[np.float64]) -> None:
    scores[records] = np.maximum(scores[records], values)
