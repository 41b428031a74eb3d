"""ROME 4.0 as France Travail publishes it: jobs and their titles, from a folder of CSV files."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge.records import Job, JobTitle
from knowledge.sources.refusals import Refusal

_JOBS = "unix_referentiel_code_rome_v*_utf8.csv"
_TITLES = "unix_referentiel_appellation_v*_utf8.csv"
_CODE = re.compile(r"[A-N]\d{4}")
_LONGEST_TITLE = 200


def rome_files(folder: Path) -> tuple[Path, Path]:
    """The files of jobs and of titles. Raises FileNotFoundError naming the pattern that nothing matches."""
    found = []
    for pattern in (_JOBS, _TITLES):
        files = sorted(folder.glob(pattern))
        if not files:
            raise FileNotFoundError(folder / pattern)
        found.append(files[-1])
    return found[0], found[1]


def read_jobs(folder: Path) -> Iterator[Job | Refusal]:
    """Each job with its titles, or the refusal of a line. Raises FileNotFoundError when a file is missing."""
    jobs_file, titles_file = rome_files(folder)
    titles: defaultdict[str, list[JobTitle]] = defaultdict(list)
    for line, row in _rows(titles_file):
        label, rome = (row.get("libelle_appellation_court") or "").strip(), row.get("code_rome") or ""
        if not label or len(label) > _LONGEST_TITLE or not _CODE.fullmatch(rome):
            yield Refusal(titles_file.name, str(line), "job_title", f"{rome} {label}"[:100])
            continue
        titles[rome].append(JobTitle(label, rome))
    for line, row in _rows(jobs_file):
        rome, label = row.get("code_rome") or "", (row.get("libelle_rome") or "").strip()
        if not label or not _CODE.fullmatch(rome):
            yield Refusal(jobs_file.name, str(line), "job", f"{rome} {label}"[:100])
            continue
        yield Job(rome, label, rome[:3], row.get("code_rome_parent") or rome, tuple(dict.fromkeys(titles[rome])))


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        yield from enumerate(csv.DictReader(stream), 2)
