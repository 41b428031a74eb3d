"""ROME 4.0 as France Travail publishes it: jobs and their titles, from a folder of CSV files."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import InvalidInput
from knowledge.records import Job, JobTitle
from knowledge.sources.refusals import Refusal

_JOBS = "unix_referentiel_code_rome_v*_utf8.csv"
_TITLES = "unix_referentiel_appellation_v*_utf8.csv"
_CODE = re.compile(r"[A-N][0-9]{4}")
_LONGEST_TITLE = 200


class RomeFilesMissing(InvalidInput):
    """The folder lacks a file of the ROME; its parameters name the folder and the file expected."""

    code = "rome_files_missing"


def rome_files(folder: Path) -> tuple[Path, Path]:
    """The files of jobs and of titles. Raises RomeFilesMissing naming the pattern that nothing matches."""
    found = []
    for pattern in (_JOBS, _TITLES):
        files = sorted(folder.glob(pattern))
        if not files:
            raise RomeFilesMissing(folder=folder.name, expected=pattern)
        found.append(files[-1])
    return found[0], found[1]


def read_jobs(folder: Path) -> Iterator[Job | Refusal]:
    """Each job with its titles, or the refusal of a line. Raises RomeFilesMissing."""
    jobs_file, titles_file = rome_files(folder)
    titles: defaultdict[str, list[JobTitle]] = defaultdict(list)
    for line, row in _rows(titles_file):
        label, rome = row.get("libelle_appellation_court", ""), row.get("code_rome", "")
        if not _is_label(label) or not _CODE.fullmatch(rome):
            yield Refusal(titles_file.name, str(line), "job_title", f"{rome} {label}"[:100])
            continue
        titles[rome].append(JobTitle(label, rome))
    for line, row in _rows(jobs_file):
        rome, label = row.get("code_rome", ""), row.get("libelle_rome", "")
        parent = row.get("code_rome_parent") or rome
        if not _is_label(label) or not _CODE.fullmatch(rome) or not _CODE.fullmatch(parent):
            yield Refusal(jobs_file.name, str(line), "job", f"{rome} {label}"[:100])
            continue
        yield Job(rome, label, rome[:3], parent, tuple(dict.fromkeys(titles[rome])))


def _is_label(text: str) -> bool:
    """Whether this can be shown: not empty, not endless, read in its own encoding."""
    return bool(text) and len(text) <= _LONGEST_TITLE and "\ufffd" not in text


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the file with their line. A line that is no CSV is an empty row."""
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        reader = csv.DictReader(stream)
        while True:
            try:
                row = next(reader, None)
            except csv.Error:
                row = {}
            if row is None:
                return
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
