"""ROME 4.0 as France Travail publishes it: jobs and their titles, from a folder of CSV files."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge.records import Job, JobTitle
from knowledge.sources.reading import OnBytes, open_text, plain
from knowledge.sources.refusals import Refusal

_JOBS = "unix_referentiel_code_rome_v*_utf8.csv"
_TITLES = "unix_referentiel_appellation_v*_utf8.csv"
_JOB_COLUMNS = {"code_rome", "libelle_rome", "code_rome_parent"}
_TITLE_COLUMNS = {"code_rome", "libelle_appellation_court"}
_CODE = re.compile(r"[A-N]\d{4}")
_LONGEST_TITLE = 200
_Line = tuple[int, dict[str, str]]


def rome_files(folder: Path) -> tuple[Path, ...]:
    """The files of jobs and of titles in `folder`, of the newest version there; without those that are missing."""
    newest = (max(folder.glob(pattern), default=None) for pattern in (_JOBS, _TITLES))
    return tuple(file for file in newest if file)


def read_jobs(folder: Path, on_bytes: OnBytes | None = None) -> Iterator[Job | Refusal]:
    """Each job with its titles, or the refusal of a line. A file that is missing or lacks a column refuses the whole."""
    files = rome_files(folder)
    if len(files) < 2:
        yield Refusal(folder.name, "-", "missing_file", f"{_JOBS}, {_TITLES}")
        return
    titles: defaultdict[str, dict[JobTitle, None]] = defaultdict(dict)
    for found in _rows(files[1], _TITLE_COLUMNS, on_bytes):
        title = found if isinstance(found, Refusal) else _title(files[1], found)
        if isinstance(title, Refusal):
            yield title
        else:
            titles[title.rome][title] = None
    for found in _rows(files[0], _JOB_COLUMNS, on_bytes):
        yield found if isinstance(found, Refusal) else _job(files[0], found, titles)


def _title(file: Path, line: _Line) -> JobTitle | Refusal:
    number, row = line
    label, rome = plain(row["libelle_appellation_court"], _LONGEST_TITLE + 1), row["code_rome"] or ""
    if not label or len(label) > _LONGEST_TITLE or not _CODE.fullmatch(rome):
        return Refusal(file.name, str(number), "job_title", f"{rome} {label}"[:100])
    return JobTitle(label, rome)


def _job(file: Path, line: _Line, titles: defaultdict[str, dict[JobTitle, None]]) -> Job | Refusal:
    number, row = line
    rome, label = row["code_rome"] or "", plain(row["libelle_rome"], _LONGEST_TITLE)
    parent = row["code_rome_parent"] or rome
    if not label or not _CODE.fullmatch(rome) or not _CODE.fullmatch(parent):
        return Refusal(file.name, str(number), "job", f"{rome} {label}"[:100])
    return Job(rome, label, rome[:3], parent, tuple(titles[rome]))


def _rows(file: Path, columns: set[str], on_bytes: OnBytes | None) -> Iterator[_Line | Refusal]:
    with open_text(file, on_bytes) as stream:
        reader = csv.DictReader(stream)
        missing = columns - set(reader.fieldnames or ())
        if missing:
            yield Refusal(file.name, "1", "missing_column", ", ".join(sorted(missing)))
            return
        try:
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            yield Refusal(file.name, str(reader.line_num), "broken_csv", str(error))
