"""The starter certifications and jobs: what a fresh installation knows."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from knowledge.search.job_titles import forms, key
from knowledge.search.words import content_words
from tests.knowledge.starter_files import STARTER, read
from tests.shared_data import shared_data

# The names that the official file gives to the types, and the ones that people say.
OFFICIAL_TYPES = {
    "BAC PRO": "Baccalauréat professionnel",
    "BMA": "Brevet des métiers d'art",
    "BP": "Brevet professionnel",
    "BPA": "Brevet professionnel agricole",
    "BPJEPS": "Brevet professionnel de la jeunesse, de l'éducation populaire et du sport",
    "BTS": "Brevet de technicien supérieur",
    "BTSA": "Brevet de technicien supérieur agricole",
    "BUT": "Bachelor universitaire de technologie",
    "CAP": "Certificat d'aptitude professionnelle",
    "CAPA": "Certificat d'aptitude professionnelle agricole",
    "CPJEPS": "Certificat professionnel de la jeunesse, de l'éducation populaire et du sport",
    "CQP": "",
    "CS": "Certificat de spécialisation",
    "Capacité": "Capacité en droit",
    "Certificat d'aptitude": "Certificat d'aptitude",
    "DAEU": "Autre certification professionnelle de droit",
    "DCG": "Diplôme conférant le grade de Licence",
    "DE": "Diplôme d'Etat",
    "DEC": "Autre certification professionnelle de droit",
    "DEJEPS": "Diplôme d'état de la jeunesse, de l'éducation populaire et du sport",
    "DEUST": "Diplôme d'études universitaires scientifiques et techniques",
    "DNMADE": "Diplôme national des métiers d’art et du design",
    "DSCG": "Diplôme conférant le grade de Master",
    "DSP": "Diplôme de spécialisation professionnelle",
    "Licence": "Licence",
    "Licence pro": "Licence professionnelle",
    "Master": "Master",
    "RS": "",
    "TP": "Titre professionnel",
    "Titre RNCP": "",
    "Titre ingénieur": "Titre ingénieur",
}
ACCESS = {"initial", "apprenticeship", "continuing", "professionnalisation", "individual", "vae"}
# One name for a family of diplomas of several levels.
SHARED_ACRONYMS = {"CIEL", "ECP"}
# CIP: conseiller en insertion professionnelle for most people, conseiller d'insertion et de probation for ROME.
SHARED_NAMES = {"CIP"}
# Fields a hub is asked about, each by jobs that a certification must lead to.
FIELDS = {
    "accounting": {"M1203", "M1213", "M1507", "M1211"},
    "administration": {"M1607", "M1604", "M1501", "M1609"},
    "early childhood": {"K1307", "J1304", "K1202"},
    "care": {"J1501", "J1506", "K1302", "K1306"},
    "social work": {"K1201", "K1207", "K1801"},
    "computing": {"M1855", "M1805", "M1816", "M1419", "M1844"},
    "trade": {"D1214", "D1507", "D1402", "D1302"},
    "food and hotels": {"G1609", "G1803", "D1102", "D1101", "D1104", "G1703"},
    "building": {"F1703", "F1603", "F1602", "F1606", "F1619", "F1201", "F1620"},
}


def certifications() -> list[dict[str, Any]]:
    return [record for file in _files("certifications") for record in read(file)]


def jobs() -> list[dict[str, Any]]:
    return [record for file in _files("jobs") for record in read(file)]


def _files(folder: str) -> list[str]:
    return [f"{folder}/{file.name}" for file in sorted((STARTER / folder).glob("*.yml"))]


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c))))


def same_title(text: str) -> str:
    return folded(re.sub(r"\(fiche\s+nationale\)", "", text, flags=re.IGNORECASE))


def repeated(values: Iterator[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.fixture(scope="module")
def official() -> dict[str, dict[str, str]]:
    folder = shared_data() / "rncp"
    wanted = {record["code"] for record in certifications()}
    return {
        facts["code"]: facts
        for file in sorted(folder.glob("export-fiches-*.xml"))
        for facts in _facts(file)
        if facts["code"] in wanted
    }


def _facts(file: Path) -> Iterator[dict[str, str]]:
    paths = {"code": "NUMERO_FICHE", "title": "INTITULE", "type": "ABREGE/LIBELLE", "active": "ACTIF"}
    for _, element in etree.iterparse(str(file), tag="FICHE"):
        level = element.findtext("NOMENCLATURE_EUROPE/NIVEAU", "").removeprefix("NIV")
        yield {key: element.findtext(path, "").strip() for key, path in paths.items()} | {"level": level}
        element.clear()


@pytest.fixture(scope="module")
def rome() -> dict[str, dict[str, str]]:
    with (shared_data() / "rome" / "unix_referentiel_code_rome_v460_utf8.csv").open(encoding="utf-8") as stream:
        return {row["code_rome"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def appellations() -> dict[str, set[str]]:
    titles: dict[str, set[str]] = defaultdict(set)
    with (shared_data() / "rome" / "unix_referentiel_appellation_v460_utf8.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            titles[row["code_rome"]].add(row["libelle_appellation_court"])
    return titles


class TestCertifications:
    def test_there_are_enough_and_each_stands_once(self) -> None:
        assert len(certifications()) >= 220
        assert repeated(record["code"] for record in certifications()) == []

    def test_every_level_from_cap_to_master_and_the_short_certificates_are_there(self) -> None:
        count = Counter(record["level"] for record in certifications())
        assert all(count[level] >= 20 for level in (3, 4, 5, 6, 7)), count
        assert count[None] >= 15

    @pytest.mark.parametrize("field", FIELDS)
    def test_every_field_leads_somewhere(self, field: str) -> None:
        reached = {code for record in certifications() for code in record["rome"]}
        assert reached >= FIELDS[field]

    def test_each_names_its_official_page_and_the_day_it_was_checked(self) -> None:
        for record in certifications():
            kind, number = re.fullmatch(r"(RNCP|RS)(\d+)", record["code"]).groups()  # type: ignore[union-attr]
            assert record["source"] == {
                "title": f"France compétences, {record['code']}",
                "url": f"https://www.francecompetences.fr/recherche/{kind.lower()}/{number}/",
                "checked_on": date(2026, 4, 22),
            }

    def test_each_is_active_and_of_a_known_type_and_access(self) -> None:
        for record in certifications():
            assert record["active"] is True, record["code"]
            assert record["type"] in OFFICIAL_TYPES, record["code"]
            assert set(record.get("access", [])) <= ACCESS, record["code"]

    def test_summaries_are_short_and_each_its_own(self) -> None:
        wrong = [record["code"] for record in certifications() if not 40 <= len(record["summary"].strip()) <= 300]
        assert wrong == []
        assert repeated(folded(record["summary"]) for record in certifications()) == []

    def test_summaries_promise_nothing(self) -> None:
        promise = re.compile(r"garanti|assuré d'|€|\beuros?\b|emploi sûr|débouchés", re.IGNORECASE)
        assert [record["code"] for record in certifications() if promise.search(record["summary"])] == []

    def test_keywords_are_five_to_ten_different_ones(self) -> None:
        for record in certifications():
            assert 5 <= len(record["keywords"]) <= 10, record["code"]
            assert repeated(map(folded, record["keywords"])) == [], record["code"]

    def test_an_acronym_belongs_to_one_type(self) -> None:
        types: dict[str, set[str]] = defaultdict(set)
        for record in certifications():
            for acronym in record.get("acronyms", []):
                assert re.fullmatch(r"[A-Z][A-Z0-9]{1,8}", acronym), acronym
                types[acronym].add(record["type"])
        assert {acronym for acronym, owners in types.items() if len(owners) > 1} <= SHARED_ACRONYMS

    def test_each_leads_to_a_job_that_is_there(self) -> None:
        known = {job["rome"] for job in jobs()}
        wrong = {record["code"] for record in certifications() if not set(record["rome"]) <= known}
        assert wrong == set()
        general = {"DAEU", "RS"}
        assert [r["code"] for r in certifications() if r["type"] not in general and not r["rome"]] == []

    def test_the_facts_are_those_of_the_official_file(self, official: dict[str, dict[str, str]]) -> None:
        for record in certifications():
            facts = official[record["code"]]
            level = str(record["level"] or "")
            assert same_title(record["title"]) == same_title(facts["title"]), record["code"]
            assert (facts["active"], facts["level"]) == ("Oui", level), record["code"]
            assert folded(OFFICIAL_TYPES[record["type"]]) == folded(facts["type"]), record["code"]


class TestJobs:
    def test_there_are_enough_and_each_stands_once(self) -> None:
        assert len(jobs()) >= 300
        assert repeated(job["rome"] for job in jobs()) == []

    def test_each_has_the_names_people_look_for(self) -> None:
        for job in jobs():
            assert job["domain"] == job["rome"][:3]
            assert 1 <= len(job["titles"]) <= 12, job["rome"]
            assert 3 <= len(job["colloquial"]) <= 6, job["rome"]
            assert repeated(map(folded, job["titles"] + job["colloquial"])) == [], job["rome"]

    def test_a_colloquial_name_means_one_job_only(self) -> None:
        assert repeated(folded(name) for job in jobs() for name in job["colloquial"]) == []

    def test_a_colloquial_name_is_not_the_official_name_of_another_job(self) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for job in jobs():
            for title in job["titles"]:
                owners[folded(title)].add(job["rome"])
        wrong = [n for job in jobs() for n in job["colloquial"] if owners[folded(n)] - {job["rome"]}]
        assert wrong == []

    def test_a_colloquial_name_is_still_that_job_alone_as_the_search_reads_it(self) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for job in jobs():
            for title in job["titles"] + job["colloquial"]:
                for form in forms(title):
                    owners[key(content_words(form))].add(job["rome"])
        shared = {name for job in jobs() for name in job["colloquial"] if len(owners[key(content_words(name))]) > 1}
        assert shared <= SHARED_NAMES

    def test_a_label_with_two_genders_is_also_written_in_each(self) -> None:
        for job in jobs():
            masculine, slash, _ = job["label"].partition(" / ")
            if slash:
                assert job["titles"][0] == job["label"]
                assert any(title.startswith(masculine) and " / " not in title for title in job["titles"]), job["rome"]

    def test_the_facts_are_those_of_rome(self, rome: dict[str, dict[str, str]]) -> None:
        for job in jobs():
            row = rome[job["rome"]]
            assert (job["label"], job["parent"]) == (row["libelle_rome"], row["code_rome_parent"])

    def test_titles_are_official_or_one_gender_of_the_label(self, appellations: dict[str, set[str]]) -> None:
        for job in jobs():
            own = {title for title in job["titles"] if set(title.lower().split()) <= set(job["label"].lower().split())}
            assert set(job["titles"]) <= appellations[job["rome"]] | own, job["rome"]


VOCABULARY: dict[str, str] = {one["id"]: one["label"] for one in read("skills/vocabulary.yml")}
NEEDS: list[dict[str, Any]] = [
    need for file in sorted((STARTER / "skills").glob("[a-n]_*.yml")) for need in read(f"skills/{file.name}")
]
STARTER_JOBS: set[str] = {
    job["rome"] for file in sorted((STARTER / "jobs").glob("*.yml")) for job in read(f"jobs/{file.name}")
}


class TestSkills:
    """What each job needs, and where it leads."""

    def test_each_job_has_one_entry(self) -> None:
        assert sorted(need["rome"] for need in NEEDS) == sorted(STARTER_JOBS)
        assert len(STARTER_JOBS) >= 500

    def test_six_to_ten_skills_each_known_and_said_once(self) -> None:
        for need in NEEDS:
            assert 6 <= len(need["skills"]) == len(set(need["skills"])) <= 10, need["rome"]
            assert set(need["skills"]) <= VOCABULARY.keys(), need["rome"]

    def test_moves_lead_to_other_jobs_of_ours(self) -> None:
        for need in NEEDS:
            moves = [*need["near"], *need["further"]]
            assert 2 <= len(need["near"]) <= 4, need["rome"]
            assert 1 <= len(need["further"]) <= 3, need["rome"]
            assert len(set(moves)) == len(moves), need["rome"]
            assert set(moves) <= STARTER_JOBS - {need["rome"]}, need["rome"]

    def test_types_are_letters_of_riasec(self) -> None:
        assert all(re.fullmatch("[RIASEC]{1,2}", need["riasec"]) for need in NEEDS)

    def test_labels_begin_with_what_one_does_are_short_and_used(self) -> None:
        used = {skill for need in NEEDS for skill in need["skills"]}
        assert used == VOCABULARY.keys()
        assert len(set(VOCABULARY.values())) == len(VOCABULARY)
        for label in VOCABULARY.values():
            first = re.sub(r"^(Se |S')", "", label).split()[0]
            assert first.rstrip(",").endswith(("er", "ir", "re")), label
            assert len(label.split()) <= 10, label

    def test_near_jobs_often_share_skills(self) -> None:
        skills = {need["rome"]: set(need["skills"]) for need in NEEDS}
        shared = [bool(skills[need["rome"]] & skills[near]) for need in NEEDS for near in need["near"]]
        assert sum(shared) / len(shared) > 0.8
