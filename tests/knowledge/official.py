"""Small files in the layouts of the official ones, written by the tests."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from knowledge.records import Certification
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp import read_certifications

PUBLISHED = date(2026, 4, 22)
JOBS_FILE = "unix_referentiel_code_rome_v460_utf8.csv"
TITLES_FILE = "unix_referentiel_appellation_v460_utf8.csv"

Json = dict[str, object]


def fiche(number: str = "RNCP1", title: str = "Soudeur", *, active: str = "Oui", inside: str = "") -> str:
    """One record; `inside` is put in it as it is."""
    return (
        f"<FICHE><NUMERO_FICHE>{escape(number)}</NUMERO_FICHE><INTITULE>{escape(title)}</INTITULE>"
        f"<ACTIF>{escape(active)}</ACTIF>{inside}</FICHE>"
    )


def fiches(*records: str, before: str = "") -> bytes:
    """A file of records; `before` is put ahead of its root."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{before}<FICHES>\n{chr(10).join(records)}\n</FICHES>'.encode()


def read(content: bytes) -> tuple[list[Certification], list[Refusal]]:
    """What is taken of a file, and what is refused."""
    found = list(read_certifications(io.BytesIO(content), "fiches.xml", PUBLISHED))
    kept = [record for record in found if isinstance(record, Certification)]
    return kept, [record for record in found if isinstance(record, Refusal)]


def rome_folder(folder: Path, jobs: Sequence[Sequence[str]], titles: Sequence[Sequence[str]] = ()) -> Path:
    """The two files of the ROME: jobs as (code, label, older code), titles as (label, code)."""
    folder.mkdir(exist_ok=True)
    _table(folder / JOBS_FILE, ("code_rome", "libelle_rome", "code_rome_parent"), jobs)
    _table(folder / TITLES_FILE, ("libelle_appellation_court", "code_rome"), titles)
    return folder


def commune(code: str = "51108", name: str = "Châlons-en-Champagne", **changes: object) -> Json:
    """One commune as the official JSON has it."""
    facts: Mapping[str, object] = {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": "51",
        "region": "44",
        "codesPostaux": ["51000"],
        "population": 43_000,
    }
    return {**facts, **changes}


def communes_file(folder: Path, *records: object, coordinates: str = "") -> Path:
    """The file of communes, and the coordinates beside it when there are any."""
    file = folder / "communes.json"
    file.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    if coordinates:
        header = "Code_commune_INSEE;Nom_commune;coordonnees_gps\n"
        (folder / "laposte_hexasmal.csv").write_text(header + coordinates, encoding="utf-8")
    return file


def _table(file: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
