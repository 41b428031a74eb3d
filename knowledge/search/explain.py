"""Why a certification is shown, in French."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.records import Certification
from knowledge.search.affinity import NEAR_JOB, SAME_JOB
from knowledge.search.lexical import analyse
from knowledge.search.reading import Reading
from knowledge.search.words import located_words
from knowledge.texts import Texts

TEXTS = Texts.load(Path(__file__).parent.parent / "texts" / "search.yml")

_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the ranking knew of one record: its stems, its affinity to the job called `job`, if it is of the diploma."""

    stems: frozenset[str]
    job: str | None = None
    affinity: float = 0.0
    of_diploma: bool = False


def reasons(record: Certification, reading: Reading, grounds: Grounds) -> tuple[str, ...]:
    """At most four sentences, the strongest reason first; none where only the meaning is alike."""
    job = _job(grounds)
    found = [*job, *_acronyms(reading.expansions or {}, grounds), *_structure(record, reading, grounds)]
    said = set(analyse(grounds.job or "")) if job else set[str]()
    if words := _shared_words(reading, grounds, said):
        found.append(TEXTS.get("why.words", words=", ".join(words)))
    return tuple(found)


def _job(grounds: Grounds) -> Sequence[str]:
    if grounds.job and grounds.affinity >= SAME_JOB:
        return [TEXTS.get("why.job", job=grounds.job)]
    if grounds.job and grounds.affinity >= NEAR_JOB:
        return [TEXTS.get("why.near_job", job=grounds.job)]
    return []


def _acronyms(expansions: Mapping[str, str], grounds: Grounds) -> Sequence[str]:
    return [
        TEXTS.get("why.acronym", acronym=acronym.upper(), words=words)
        for acronym, words in expansions.items()
        if grounds.stems.issuperset(analyse(words))
    ]


def _structure(record: Certification, reading: Reading, grounds: Grounds) -> Sequence[str]:
    if reading.diploma and grounds.of_diploma:
        return [TEXTS.get("why.diploma")]
    if reading.level is not None and record.level == reading.level:
        return [TEXTS.get("why.level", level=reading.level)]
    return []


def _shared_words(reading: Reading, grounds: Grounds, said: set[str]) -> list[str]:
    """The words of the query, as they were written, that the record holds; but for those stems already `said`."""
    topic = set(reading.topic.split())
    shared = (
        word
        for word in located_words(reading.text)
        if word.folded in topic and grounds.stems.intersection(set(analyse(word.folded)) - said)
    )
    return list(dict.fromkeys(reading.text[word.start : word.end] for word in shared))[:_MOST_WORDS]
