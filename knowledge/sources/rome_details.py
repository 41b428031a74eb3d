"""What the files beside the jobs of the ROME say of each: skills, mobility, type of interests, sectors, definition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.sources.tables import rows

ByJob = Mapping[str, Sequence[str]]

# Rubrics of the links between jobs and skills: know-how, behaviours, knowledge.
_SKILL_BLOCK = "5"
_AT_THE_HEART = ("Principale", "Émergente")
# The file of mobility orders the jobs one can move to, the nearest first, and says no more: the first are near.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Details:
    """By ROME code; `riasec` has one or two letters, the major first."""

    key_skills: ByJob
    other_skills: ByJob
    near: ByJob
    further: ByJob
    riasec: Mapping[str, str]
    interests: ByJob
    sectors: ByJob
    definitions: ByJob


def read_details(folder: Path) -> Details:
    """All that the folder holds; empty where a file is absent."""
    key, other = _skills(folder)
    mobility = _ordered(folder, "unix_rubrique_mobilite_v*_utf8.csv", "code_rome_cible", "numero_ordre")
    return Details(
        key_skills=key,
        other_skills=other,
        near={rome: codes[:_NEAR] for rome, codes in mobility.items()},
        further={rome: codes[_NEAR:] for rome, codes in mobility.items() if codes[_NEAR:]},
        riasec={
            row["code_rome"]: (row.get("riasec_majeur", "") + row.get("riasec_mineur", ""))[:2]
            for row in _all(folder, "unix_referentiel_code_rome_riasec_v*_utf8.csv")
        },
        interests=_principal_first(folder, "unix_arborescence_centre_interet_v*_utf8.csv", "code_centre_interet"),
        sectors=_principal_first(folder, "unix_arborescence_secteur_activite_v*_utf8.csv", "libelle_ss_sect_activite"),
        definitions=_definitions(folder),
    )


def _skills(folder: Path) -> tuple[ByJob, ByJob]:
    """Skills at the heart of each job, the principal ones before the emerging; and its other ones."""
    heart: dict[tuple[str, str], int] = {}
    for row in _all(folder, "unix_coherence_item_v*_utf8.csv"):
        if row["coeur_metier"] in _AT_THE_HEART:
            heart[row["code_rome"], row["code_ogr"]] = _AT_THE_HEART.index(row["coeur_metier"])
    key: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    other: defaultdict[str, list[str]] = defaultdict(list)
    for row in _all(folder, "unix_liens_rome_referentiels_v*_utf8.csv"):
        if row["code_compo_bloc"] != _SKILL_BLOCK:
            continue
        rome, code = row["code_rome"], row["code_ogr"]
        if (rank := heart.get((rome, code))) is None:
            other[rome].append(code)
        else:
            key[rome].append((rank, code))
    ordered = {rome: [code for _, code in sorted(found, key=lambda pair: pair[0])] for rome, found in key.items()}
    return ordered, other


def _ordered(folder: Path, pattern: str, column: str, order: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in _all(folder, pattern):
        if row[order].isdigit():
            found[row["code_rome"]].append((int(row[order]), row[column]))
    return {rome: [value for _, value in sorted(pairs)] for rome, pairs in found.items()}


def _principal_first(folder: Path, pattern: str, column: str) -> ByJob:
    found: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
    for row in _all(folder, pattern):
        if row[column]:
            found[row["code_rome"]].append((row.get("principal") != "oui", row[column]))
    return {
        rome: list(dict.fromkeys(value for _, value in sorted(pairs, key=lambda pair: pair[0])))
        for rome, pairs in found.items()
    }


def _definitions(folder: Path) -> ByJob:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in _all(folder, "unix_texte_v*_utf8.csv"):
        if row["libelle_type_texte"] == "definition":
            found[row["code_rome"]].append(row["libelle_texte"].replace("''", "'"))
    return found


def _all(folder: Path, pattern: str) -> Iterator[defaultdict[str, str]]:
    """The rows of the newest file of this name; a column that it lacks is empty."""
    for file in sorted(folder.glob(pattern))[-1:]:
        for _, row in rows(file):
            yield defaultdict(str, row)
