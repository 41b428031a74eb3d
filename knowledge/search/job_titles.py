"""The names of jobs, as people write them: ROME's «Boulanger / Boulangère» in each of its forms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.records import Job, JobTitle
from knowledge.search.words import content_words, singular

_ENDING = re.compile(r"\((?:e|ne|le|te|se|euse|rice|trice|ère|ière|ive|ve)\)")
_ENDED = re.compile(r"([\w'’]+)\((e|ne|le|te|se|euse|rice|trice|ère|ière|ive|ve)\)")
_REPLACED = {"se": 1, "euse": 3, "rice": 3, "trice": 4, "ère": 2, "ière": 3, "ive": 2, "ve": 1}
_ASIDE = re.compile(r"\s*\([^)]*\)|\s+-\s*[A-Z0-9]{2,8}\s*-?\s*$")
_ACRONYM = re.compile(r"-\s*([A-Z]{3,6})\s*-?\s*$")

_WORDS = yaml.safe_load(Path(__file__).with_name("job_words.yml").read_text("utf-8"))
_NOT_ALONE = frozenset(_WORDS["not_alone"])
_SHORT: Mapping[str, str] = _WORDS["short"]


def title_table(jobs: Mapping[str, Job]) -> dict[str, tuple[JobTitle, ...]]:
    """Every job title by its key. A name shared by several jobs leads to all of them, the likeliest first."""
    table: dict[str, dict[tuple[int, str], JobTitle]] = {}
    for job in jobs.values():
        label = JobTitle(job.label, job.rome)
        for title in (label, *job.titles):
            for form in forms(title.label):
                place = (_rank(title, label), title.rome)
                table.setdefault(key(content_words(form)), {}).setdefault(place, title)
    return {
        name: _one_per_job([titles[place] for place in sorted(titles)])
        for name, titles in table.items()
        if name and name not in _NOT_ALONE
    }


def forms(label: str) -> Iterator[str]:
    """The forms of a title: masculine, feminine, without its aside, and the acronym that ends it.

    >>> sorted(set(forms("Chef / Cheffe de rayon")))
    ['Chef de rayon', 'Cheffe de rayon']
    """
    for form in _genders(label):
        yield form
        yield _ASIDE.sub("", form)
    if (acronym := _ACRONYM.search(label)) and _abbreviates(acronym.group(1), label[: acronym.start()]):
        yield acronym.group(1)


def key(folded: Sequence[str]) -> str:
    """What two ways of writing a title have in common, from its content words."""
    return " ".join(singular(_SHORT.get(word, word)) for word in folded)


def _genders(label: str) -> Iterator[str]:
    masculine, slash, feminine = label.partition(" / ")
    if not slash:
        yield _ENDING.sub("", label)
        yield _ENDED.sub(_feminine, label)
        return
    his, hers = masculine.split(), feminine.split()
    if hers[0][:2].lower() != his[0][:2].lower():
        hers = [*his[:-1], *hers]
    yield " ".join([*his, *hers[len(his) :]])
    yield " ".join(hers)


def _feminine(match: re.Match[str]) -> str:
    """The feminine of a word followed by its ending: vendeur(se), conducteur(trice), assistant(e)."""
    word, ending = match.groups()
    return f"{word[: -_REPLACED.get(ending, 0) or None]}{ending}"


def _abbreviates(acronym: str, label: str) -> bool:
    """Whether the letters begin the words of the title, as in «Auxiliaire de vie sociale -AVS-»."""
    initials = "".join(word[0] for word in content_words(label.rpartition(" / ")[2]))
    return initials == acronym.lower()


def _rank(title: JobTitle, label: JobTitle) -> int:
    if title.label == label.label:
        return 0
    return 1 if title.colloquial else 2


def _one_per_job(titles: Sequence[JobTitle]) -> tuple[JobTitle, ...]:
    return tuple({title.rome: title for title in reversed(titles)}.values())[::-1]
