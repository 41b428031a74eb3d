"""The RNCP and RS export of France compétences as a bundle of CSV files, in a folder or in a zip."""

import io
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from knowledge.errors import InvalidInput
from knowledge.records import AccessRoute, Block, Certification
from knowledge.sources.fiches import Unreadable, checked_title, day, kind_of, level_of, short_type, source_of
from knowledge.sources.opening import BROKEN, ArchiveUnreadable, measured
from knowledge.sources.refusals import Refusal
from knowledge.sources.tables import rows_of

Rows = Mapping[str, list[dict[str, str]]]

_STANDARD = "Standard"
# The other files of the bundle, and the columns that are read of each.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    _STANDARD: ("Numero_Fiche", "Intitule", "Actif"),
    "Blocs_De_Compétences": ("Bloc_Competences_Code", "Bloc_Competences_Libelle"),
    "Rome": ("Codes_Rome_Code",),
    "Nsf": ("Nsf_Code", "Nsf_Intitule"),
    "Formacode": ("Formacode_Code", "Formacode_Libelle"),
    "Certificateurs": ("Nom_Certificateur",),
    "VoixdAccès": ("Si_Jury",),
    "Partenaires": ("Nom_Partenaire",),
    "CCN": ("Ccn_1_Numero", "Ccn_2_Numero", "Ccn_3_Numero"),
    "Ancienne_Nouvelle_Certification": ("Ancienne_Certification", "Nouvelle_Certification"),
}
_ACTIVE = {"ACTIVE": True, "INACTIVE": False, "OUI": True, "NON": False}
# A word of the sentence by which each way is named, without accents.
_ACCESS: Mapping[str, AccessRoute] = {
    "experience": "vae",
    "apprentissage": "apprenticeship",
    "professionnalisation": "professionnalisation",
    "individuelle": "individual",
    "continue": "continuing",
    "eleve": "initial",
}


class CsvBundleIncomplete(InvalidInput):
    """The bundle lacks a file or a column; its parameters name the bundle and what was expected."""

    code = "csv_bundle_incomplete"


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The files but the standard one: rows by number of fiche."""

    of: Mapping[str, Rows]

    def values(self, name: str, code: str, column: str) -> tuple[str, ...]:
        found = (row.get(column, "") for row in self.of[name].get(code, ()))
        return tuple(dict.fromkeys(value for value in found if value))

    def labels(self, name: str, code: str, column: str, otherwise: str) -> tuple[str, ...]:
        found = (row.get(column) or row.get(otherwise, "") for row in self.of[name].get(code, ()))
        return tuple(dict.fromkeys(value for value in found if value))


def is_csv_bundle(path: Path) -> bool:
    """Whether this folder or zip holds the standard file of a bundle."""
    return _STANDARD in _files(path)


def read_csv_certifications(path: Path, checked_on: date) -> Iterator[Certification | Refusal]:
    """Each record, or its refusal. Raises CsvBundleIncomplete when a file or a column is missing.

    The bundle has no long texts: activities, abilities, what blocks hold.
    """
    names = _files(path)
    for name in _COLUMNS:
        if name not in names:
            raise CsvBundleIncomplete(bundle=path.name, expected=f"export_fiches_CSV_{name}_*.csv")
    bundle = _Bundle({name: _by_code(path, names[name], name) for name in _COLUMNS if name != _STANDARD})
    with _opened(path, names[_STANDARD]) as stream:
        for line, row in rows_of(stream, ";"):
            _check_columns(path, _STANDARD, row)
            try:
                yield _certification(row, bundle, checked_on)
            except Unreadable as error:
                record = row.get("Numero_Fiche") or str(line)
                yield Refusal(f"{path.name}/{names[_STANDARD]}", record, error.reason, error.value[:100])


def _certification(row: Mapping[str, str], bundle: _Bundle, checked_on: date) -> Certification:
    code = row["Numero_Fiche"]
    kind = kind_of(code)
    active = _ACTIVE.get(row["Actif"].upper())
    if active is None:
        raise Unreadable("active", row["Actif"])
    agreements = (bundle.values("CCN", code, column) for column in _COLUMNS["CCN"])
    return Certification(
        code=code,
        title=checked_title(row["Intitule"]),
        kind=kind,
        type=short_type(row.get("Abrege_Intitule") or row.get("Abrege_Libelle", "")),
        level=level_of(row.get("Nomenclature_Europe_Niveau", "")),
        active=active,
        source=source_of(code, kind, checked_on),
        rome=bundle.values("Rome", code, "Codes_Rome_Code"),
        replaced_by=bundle.values("Ancienne_Nouvelle_Certification", code, "Nouvelle_Certification"),
        certifiers=bundle.values("Certificateurs", code, "Nom_Certificateur"),
        nsf=bundle.labels("Nsf", code, "Nsf_Intitule", "Nsf_Code"),
        formacodes=bundle.labels("Formacode", code, "Formacode_Libelle", "Formacode_Code"),
        access=frozenset(filter(None, map(_route, bundle.values("VoixdAccès", code, "Si_Jury")))),
        blocks=_blocks(bundle.of["Blocs_De_Compétences"].get(code, ())),
        starts_on=day(row.get("Date_Effet", "")),
        ends_on=day(row.get("Date_Fin_Enregistrement", "")),
        partners=bundle.values("Partenaires", code, "Nom_Partenaire") if active else (),
        agreements=tuple(dict.fromkeys(number for numbers in agreements for number in numbers)),
    )


def _blocks(found: "list[dict[str, str]] | tuple[()]") -> tuple[Block, ...]:
    blocks = (Block(row["Bloc_Competences_Code"][:40], row["Bloc_Competences_Libelle"]) for row in found)
    return tuple(block for block in blocks if block.label)


def _route(sentence: str) -> AccessRoute | None:
    words = _plain(sentence)
    return next((route for word, route in _ACCESS.items() if word in words), None)


def _by_code(path: Path, file: str, name: str) -> Rows:
    """The rows of a file by fiche. A successor is filed under the record that it replaces."""
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with _opened(path, file) as stream:
        for _, row in rows_of(stream, ";"):
            _check_columns(path, name, row)
            found[row.get("Ancienne_Certification") or row.get("Numero_Fiche", "")].append(row)
    return found


def _check_columns(path: Path, name: str, row: Mapping[str, str]) -> None:
    for column in _COLUMNS[name]:
        if row and column not in row:
            raise CsvBundleIncomplete(bundle=path.name, expected=f"export_fiches_CSV_{name}_*.csv, {column}")


def _files(path: Path) -> dict[str, str]:
    """The files of the bundle by their name in it."""
    if path.is_dir():
        names = sorted(file.name for file in path.iterdir())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
    else:
        return {}
    found = {}
    for wanted in _COLUMNS:
        for name in names:
            if _plain(name.rpartition("/")[2]).startswith(_plain(f"export_fiches_csv_{wanted}_")):
                found[wanted] = name
    return found


@contextmanager
def _opened(path: Path, name: str) -> Iterator[TextIO]:
    if path.is_dir():
        with (path / name).open(encoding="utf-8-sig", newline="", errors="replace") as stream:
            yield stream
    else:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(name) as member:
                content = measured(member, path)
                yield io.TextIOWrapper(content, encoding="utf-8-sig", newline="", errors="replace")
        except BROKEN:
            raise ArchiveUnreadable(file=path.name) from None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
