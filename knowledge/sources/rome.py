"""ROME 4.0 as France Travail publishes it: jobs, their titles and all that they refer to, from a folder of CSV files.

The files of jobs and of titles are needed; what the other ones say is absent when they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import InvalidInput
from knowledge.records import Interest, Job, JobTitle, Skill
from knowledge.sources.refusals import Refusal
from knowledge.sources.rome_details import Details, read_details
from knowledge.sources.tables import rows

_JOBS = "unix_referentiel_code_rome_v*_utf8.csv"
_TITLES = "unix_referentiel_appellation_v*_utf8.csv"
_SKILLS = "unix_referentiel_competence_v*_utf8.csv"
_KNOWLEDGE = "unix_referentiel_savoir_v*_utf8.csv"
_INTERESTS = "unix_centre_interet_v*_utf8.csv"
_CODE = re.compile(r"[A-N][0-9]{4}")
_LONGEST_TITLE = 200
_LONGEST_SKILL = 500


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
    details = read_details(folder)
    titles: defaultdict[str, list[JobTitle]] = defaultdict(list)
    for line, row in rows(titles_file):
        label, rome = row.get("libelle_appellation_court", ""), row.get("code_rome", "")
        if not _is_label(label) or not _CODE.fullmatch(rome):
            yield Refusal(titles_file.name, str(line), "job_title", f"{rome} {label}"[:100])
            continue
        titles[rome].append(JobTitle(label, rome))
    for line, row in rows(jobs_file):
        rome, label = row.get("code_rome", ""), row.get("libelle_rome", "")
        parent = row.get("code_rome_parent") or rome
        if not _is_label(label) or not _CODE.fullmatch(rome) or not _CODE.fullmatch(parent):
            yield Refusal(jobs_file.name, str(line), "job", f"{rome} {label}"[:100])
            continue
        yield _job(rome, label, parent, titles[rome], details)


def read_skills(folder: Path) -> Iterator[Skill | Refusal]:
    """What jobs need: know-how, behaviours, knowledge. Nothing without their files."""
    for file in sorted(folder.glob(_SKILLS))[-1:]:
        for line, row in rows(file):
            code, label = row.get("code_ogr", ""), row.get("libelle_competence", "")
            behaviour = row.get("cat_comp", "").startswith("Savoir-être")
            yield _skill(file, line, Skill(code, label, "behaviour" if behaviour else "know_how"))
    for file in sorted(folder.glob(_KNOWLEDGE))[-1:]:
        for line, row in rows(file):
            yield _skill(file, line, Skill(row.get("code_ogr_savoir", ""), row.get("libelle_savoir", ""), "knowledge"))


def read_interests(folder: Path) -> Iterator[Interest | Refusal]:
    """The centres of interest. Nothing without their file."""
    for file in sorted(folder.glob(_INTERESTS))[-1:]:
        for line, row in rows(file):
            code, label = row.get("code_centre_interet", ""), row.get("libelle_centre_interet", "")
            if not code or not _is_label(label):
                yield Refusal(file.name, str(line), "interest", f"{code} {label}"[:100])
                continue
            yield Interest(code, label, " ".join(row.get("definition_centre_interet", "").split()))


def _job(rome: str, label: str, parent: str, titles: list[JobTitle], details: Details) -> Job:
    return Job(
        rome=rome,
        label=label,
        domain=rome[:3],
        parent=parent,
        titles=tuple(dict.fromkeys(titles)),
        definition="\n".join(details.definitions.get(rome, ())),
        key_skills=tuple(details.key_skills.get(rome, ())),
        other_skills=tuple(details.other_skills.get(rome, ())),
        near=tuple(details.near.get(rome, ())),
        further=tuple(details.further.get(rome, ())),
        riasec=details.riasec.get(rome, ""),
        interests=tuple(details.interests.get(rome, ())),
        sectors=tuple(details.sectors.get(rome, ())),
    )


def _skill(file: Path, line: int, skill: Skill) -> Skill | Refusal:
    if not skill.code.isascii() or not skill.code.isdigit() or not skill.label or len(skill.label) > _LONGEST_SKILL:
        return Refusal(file.name, str(line), "skill", f"{skill.code} {skill.label}"[:100])
    return skill


def _is_label(text: str) -> bool:
    """Whether this can be shown: not empty, not endless, read in its own encoding."""
    return bool(text) and len(text) <= _LONGEST_TITLE and "\ufffd" not in text
