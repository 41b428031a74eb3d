"""The bundle of CSV files: the same records as the XML of the same export, but for the long texts."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.records import Certification
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp_csv import CsvBundleIncomplete, is_csv_bundle, read_csv_certifications
from tests.knowledge.official import PUBLISHED, fiche, fiches, read

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
STANDARD = (
    "Id_Fiche",
    "Numero_Fiche",
    "Intitule",
    "Abrege_Libelle",
    "Abrege_Intitule",
    "Nomenclature_Europe_Niveau",
    "Date_Fin_Enregistrement",
    "Date_Effet",
    "Actif",
)
TABLES: dict[str, Table] = {
    "Standard": (
        STANDARD,
        [
            ("1", "RNCP1", "Soudeur", "TP", "Titre professionnel", "NIV3", "31/08/2027", "01/09/2024", "ACTIVE"),
            ("2", "RNCP2", "Ancien soudeur; acier", "", "", "", "", "", "INACTIVE"),
        ],
    ),
    "Blocs_De_Compétences": (
        ("Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"),
        [("RNCP1", "RNCP1BC01", "Souder à l'arc"), ("RNCP1", "RNCP1BC02", "Souder au gaz")],
    ),
    "Rome": (("Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"), [("RNCP1", "H2913", "Soudage")]),
    "Nsf": (("Numero_Fiche", "Nsf_Code", "Nsf_Intitule"), [("RNCP1", "254", "Structures métalliques")]),
    "Formacode": (("Numero_Fiche", "Formacode_Code", "Formacode_Libelle"), [("RNCP1", "23026", "Soudage")]),
    "Certificateurs": (
        ("Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
        [("RNCP1", "11000007200014", "Ministère du travail")],
    ),
    "VoixdAccès": (
        ("Numero_Fiche", "Si_Jury"),
        [
            ("RNCP1", "Par expérience"),
            ("RNCP1", "En contrat d’apprentissage"),
            ("RNCP1", "Après un parcours de formation continue"),
            ("RNCP1", "Par un moyen inconnu"),
        ],
    ),
    "Partenaires": (
        ("Numero_Fiche", "Nom_Partenaire", "Siret_Partenaire", "Habilitation_Partenaire"),
        [("RNCP1", "AFPA", "1", "former"), ("RNCP2", "AFPA", "1", "former")],
    ),
    "CCN": (
        ("Numero_Fiche", "Ccn_1_Numero", "Ccn_1_Libelle", "Ccn_2_Numero", "Ccn_2_Libelle", "Ccn_3_Numero"),
        [("RNCP1", "3248", "Métallurgie", "", "", "")],
    ),
    "Ancienne_Nouvelle_Certification": (
        ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"),
        [("RNCP2", "RNCP2", "RNCP1")],
    ),
}
SAME = fiches(
    fiche(
        "RNCP1",
        inside=(
            "<ABREGE><CODE>TP</CODE><LIBELLE>Titre professionnel</LIBELLE></ABREGE>"
            "<NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU></NOMENCLATURE_EUROPE>"
            "<CODES_NSF><NSF><CODE>254</CODE><LIBELLE>Structures métalliques</LIBELLE></NSF></CODES_NSF>"
            "<FORMACODES><FORMACODE><CODE>23026</CODE><LIBELLE>Soudage</LIBELLE></FORMACODE></FORMACODES>"
            "<CERTIFICATEURS><CERTIFICATEUR><NOM_CERTIFICATEUR>Ministère du travail</NOM_CERTIFICATEUR></CERTIFICATEUR>"
            "</CERTIFICATEURS><PARTENAIRES><PARTENAIRE><NOM_PARTENAIRE>AFPA</NOM_PARTENAIRE></PARTENAIRE></PARTENAIRES>"
            "<CODES_ROME><ROME><CODE>H2913</CODE></ROME></CODES_ROME>"
            "<SI_JURY_VAE><ACTIF>Oui</ACTIF></SI_JURY_VAE><SI_JURY_CA><ACTIF>Oui</ACTIF></SI_JURY_CA>"
            "<SI_JURY_FC><ACTIF>Oui</ACTIF></SI_JURY_FC><CCN_1><NUMERO>3248</NUMERO></CCN_1>"
            "<BLOCS_COMPETENCES><BLOC_COMPETENCES><CODE>RNCP1BC01</CODE><LIBELLE>Souder à l'arc</LIBELLE>"
            "</BLOC_COMPETENCES><BLOC_COMPETENCES><CODE>RNCP1BC02</CODE><LIBELLE>Souder au gaz</LIBELLE>"
            "</BLOC_COMPETENCES></BLOCS_COMPETENCES>"
            "<DATE_FIN_ENREGISTREMENT>31/08/2027</DATE_FIN_ENREGISTREMENT><DATE_EFFET>01/09/2024</DATE_EFFET>"
        ),
    ),
    fiche(
        "RNCP2",
        "Ancien soudeur; acier",
        active="Non",
        inside=(
            "<NOUVELLES_CERTIFICATIONS><NOUVELLE_CERTIFICATION><ID_FICHE_NOUVELLE_CERTIFICATION>RNCP1"
            "</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION></NOUVELLES_CERTIFICATIONS>"
        ),
    ),
)


def folder(path: Path, tables: dict[str, Table] = TABLES) -> Path:
    path.mkdir(exist_ok=True)
    for name, (header, rows) in tables.items():
        (path / f"export_fiches_CSV_{name}_2026_04_22.csv").write_text(_table(header, rows), encoding="utf-8-sig")
    return path


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return out.getvalue()


def test_it_gives_the_records_of_the_xml(tmp_path: Path) -> None:
    expected, _ = read(SAME)
    assert list(read_csv_certifications(folder(tmp_path / "csv"), PUBLISHED)) == expected


def test_a_zip_says_the_same_even_with_accents_in_two_parts(tmp_path: Path) -> None:
    file = tmp_path / "export-fiches-csv-2026-04-22.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, (header, rows) in TABLES.items():
            archive.writestr(unicodedata.normalize("NFD", f"export_fiches_CSV_{name}_x.csv"), _table(header, rows))
    assert is_csv_bundle(file)
    expected, _ = read(SAME)
    assert list(read_csv_certifications(file, PUBLISHED)) == expected


@pytest.mark.parametrize("missing", sorted(TABLES))
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    tables = {name: table for name, table in TABLES.items() if name != missing}
    with pytest.raises(CsvBundleIncomplete) as error:
        list(read_csv_certifications(folder(tmp_path / "csv", tables), PUBLISHED))
    assert missing in str(error.value.params["expected"])


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    header, rows = TABLES["Rome"]
    tables = {**TABLES, "Rome": (["Numero_Fiche", "Code"], [row[:2] for row in rows])}
    with pytest.raises(CsvBundleIncomplete) as error:
        list(read_csv_certifications(folder(tmp_path / "csv", tables), PUBLISHED))
    assert "Codes_Rome_Code" in str(error.value.params["expected"])
    assert "Codes_Rome_Code" in header


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Numero_Fiche", "RNCPX", "code"),
        ("Intitule", " ", "title"),
        ("Actif", "peut-être", "active"),
        ("Nomenclature_Europe_Niveau", "NIV9", "level"),
        ("Date_Effet", "2024-09-01", "date"),
    ],
)
def test_a_broken_line_is_refused_by_name_and_the_others_are_kept(
    tmp_path: Path, column: str, value: str, reason: str
) -> None:
    header, (first, second) = TABLES["Standard"]
    broken = [value if name == column else cell for name, cell in zip(header, first, strict=True)]
    tables = {**TABLES, "Standard": (header, [broken, second])}
    refused, kept = read_csv_certifications(folder(tmp_path / "csv", tables), PUBLISHED)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason
    assert isinstance(kept, Certification)
    assert kept.code == "RNCP2"


def test_another_folder_is_no_bundle(tmp_path: Path) -> None:
    assert not is_csv_bundle(tmp_path)
    (tmp_path / "x.xml").write_bytes(SAME)
    assert not is_csv_bundle(tmp_path / "x.xml")
