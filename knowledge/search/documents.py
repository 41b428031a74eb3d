"""What of a record is searched: its words for BM25, its passages for the vectors."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.records import Certification, Job

_TITLE, _JOB, _SUMMARY, _BLOCK, _OBJECTIVES = 1.0, 0.9, 1.0, 0.9, 0.9
_GENERIC_BLOCK = 12
"""A block label that more records than this share says nothing of any of them."""

_LONGEST_PASSAGE, _LONGEST_BODY = 600, 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that stands for a record; its likeness to a query counts times `weight`."""

    text: str
    weight: float


class Documents:
    """Reads records for the indexes. `jobs` are the jobs of ROME 4.0, which older codes reach as their parents."""

    def __init__(self, certifications: Iterable[Certification], jobs: Mapping[str, Job]) -> None:
        self.certifications = tuple(certifications)
        self._jobs = jobs
        self._by_parent: dict[str, list[Job]] = {}
        for job in jobs.values():
            self._by_parent.setdefault(job.parent, []).append(job)
        self._blocks: dict[str, int] = {}
        for certification in self.certifications:
            for label in {block.label for block in certification.blocks}:
                self._blocks[label] = self._blocks.get(label, 0) + 1

    def title_text(self, certification: Certification) -> str:
        """The words that name the record."""
        return " ".join((certification.title, certification.type, *certification.acronyms, *certification.keywords))

    def body_text(self, certification: Certification) -> str:
        """The words that describe it."""
        jobs = [job.label for job in self._jobs_of(certification)]
        labels = [block.label for block in certification.blocks]
        topics = [topic for topic in (*certification.formacodes, *certification.nsf) if not topic[:1].isdigit()]
        official = (certification.objectives, certification.activities, certification.occupations)
        return " ".join((certification.summary, *jobs, *labels, *topics, *(text[:_LONGEST_BODY] for text in official)))

    def passages(self, certification: Certification) -> Iterator[Passage]:
        """The texts whose vectors stand for the record."""
        yield Passage(certification.title, _TITLE)
        if certification.summary or certification.keywords:
            yield Passage(_shortened(f"{certification.summary} {', '.join(certification.keywords)}"), _SUMMARY)
        if certification.objectives:
            yield Passage(_shortened(certification.objectives), _OBJECTIVES)
        for label in dict.fromkeys(block.label for block in certification.blocks):
            if label and self._blocks[label] <= _GENERIC_BLOCK:
                yield Passage(_shortened(label), _BLOCK)
        for job in self._jobs_of(certification):
            yield Passage(job_passage(job), _JOB)

    def _jobs_of(self, certification: Certification) -> list[Job]:
        """Its jobs, each once; a code older than ROME 4.0 stands for all those that it became."""
        found = (job for code in certification.rome for job in self._jobs_of_code(code))
        return list({job.rome: job for job in found}.values())

    def _jobs_of_code(self, code: str) -> Sequence[Job]:
        return [self._jobs[code]] if code in self._jobs else self._by_parent.get(code, [])


def job_passage(job: Job) -> str:
    """The text that stands for a job."""
    return re.sub(r"\s*/\s*", ", ", job.label)


def _shortened(text: str) -> str:
    return text[:_LONGEST_PASSAGE].strip()
