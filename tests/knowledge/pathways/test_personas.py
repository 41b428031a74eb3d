"""Persons as a hub meets them: the ways shown to each, their order, and what a counsellor would expect to read."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.pathways import Pathways, RouteProfile, Target, plan_routes
from knowledge.search.engine import SearchEngine

Starter = tuple[Catalogue, SearchEngine]


@dataclass(frozen=True)
class Persona:
    """`routes`: ids in order; `said`: words that the first ways must say; `unsaid`: ids that must not be there."""

    name: str
    profile: dict[str, Any]
    target: Target
    routes: list[str]
    said: list[str] = field(default_factory=list)


PERSONAS = [
    Persona(
        "aide-soignante, comptable sans arrêter de travailler",
        {"status": "employee", "current_job": "J1501", "modality": ["evening", "part_time"], "seniority_months": 48},
        Target("M1203"),
        ["blocks", "full"],
        ["le soir, à temps partiel", "bloc"],
    ),
    Persona(
        "19 ans, sans diplôme, cuisine",
        {"status": "inactive", "age": 19, "education_level": 0},
        Target("G1602"),
        ["basics", "full", "apprenticeship"],
        ["CléA", "19 ans", "29 ans révolus"],
    ),
    Persona(
        "magasinier expérimenté, responsable logistique",
        {"status": "jobseeker", "age": 52, "education_level": 4, "current_job": "N1110", "experience_months": 180},
        Target("N1301"),
        ["vae", "professionnalisation"],
        ["15 ans d'expérience", "France Travail"],
    ),
    Persona(
        "auxiliaire de vie qui veut le diplôme de son métier",
        {"status": "employee", "project": "validate_experience", "current_job": "J1501", "experience_months": 60},
        Target("J1501"),
        ["vae", "full"],
        ["5 ans d'expérience", "France VAE"],
    ),
    Persona(
        "demandeur d'emploi à son compte dans les Ardennes",
        {"status": "jobseeker", "project": "start_business", "location": "08105", "education_level": 3},
        Target("F1603"),
        ["business", "full"],
        ["à votre compte", "ARDAN"],
    ),
    Persona(
        "la même chose hors du Grand Est : pas d'ARDAN",
        {"status": "jobseeker", "project": "start_business", "location": "75056", "education_level": 3},
        Target("F1603"),
        ["business", "full"],
        ["à votre compte"],
    ),
    Persona("reprendre les bases", {"project": "learn_basics"}, Target(), ["basics"], ["évaluation CléA"]),
    Persona(
        "jeune qui veut l'alternance",
        {"status": "student", "age": 17, "education_level": 3, "modality": ["apprenticeship"]},
        Target("D1102"),
        ["apprenticeship"],
        ["17 ans", "payé"],
    ),
    Persona(
        "jeune qui n'a pas dit son âge",
        {"status": "student", "modality": ["apprenticeship"]},
        Target("D1102"),
        ["apprenticeship"],
        ["votre âge n'est pas connu"],
    ),
    Persona(
        "travailleur handicapé de 45 ans : pas de limite d'âge",
        {"status": "jobseeker", "age": 45, "disability": True, "education_level": 3},
        Target("A1203"),
        ["full", "apprenticeship"],
        ["pas de limite d'âge"],
    ),
    Persona(
        "salarié qui veut apprendre au travail",
        {"status": "employee", "modality": ["work_based"], "current_job": "N1103", "education_level": 3},
        Target("N1110"),
        ["work_based"],
        ["AFEST", "l'accord de l'employeur"],
    ),
    Persona(
        "sans rien d'autre qu'un diplôme visé", {}, Target(certification="RNCP37121"), ["full"], ["que vous visez"]
    ),
    Persona(
        "salarié au niveau CAP qui vise un métier de niveau plus haut : une étape d'abord",
        {"status": "employee", "age": 40, "education_level": 3},
        Target(certification="RNCP37949"),
        ["lower_level"],
        ["une étape aide à réussir", "niveau CAP"],
    ),
    Persona("un numéro que rien ne connaît", {}, Target(certification="RNCP34029"), [], []),
]


def routes(starter: Starter, persona: Persona) -> Pathways:
    catalogue, search = starter
    return plan_routes(RouteProfile.of(persona.profile), persona.target, catalogue, search)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_the_ways_shown_and_their_order(starter: Starter, persona: Persona) -> None:
    found = [item.id for item in routes(starter, persona).items]
    kept = [route for route in found if route in persona.routes]
    assert kept == persona.routes
    assert found[: 1 if persona.routes else 0] == persona.routes[:1]


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_the_reasons_speak_of_the_person(starter: Starter, persona: Persona) -> None:
    found = routes(starter, persona)
    everything = " ".join(
        [found.text(), *(sentence for item in found.items for sentence in (*item.why, *item.prerequisites))]
    )
    for words in persona.said:
        assert words in everything


def test_outside_grand_est_ardan_is_not_spoken_of(starter: Starter) -> None:
    (persona,) = (one for one in PERSONAS if "hors du Grand Est" in one.name)
    assert "ARDAN" not in str(routes(starter, persona))


def test_over_29_apprenticeship_is_not_offered(starter: Starter) -> None:
    older = Persona("30 ans", {"status": "employee", "age": 30, "modality": ["apprenticeship"]}, Target("D1102"), [])
    assert "apprenticeship" not in [item.id for item in routes(starter, older).items]


def test_a_contract_for_the_registered_is_not_offered_to_who_is_not(starter: Starter) -> None:
    catalogue, search = starter
    profile = {"status": "jobseeker", "age": 44, "registered_france_travail": False}
    found = plan_routes(RouteProfile.of(profile), Target("N1301"), catalogue, search)
    assert "professionnalisation" not in {item.id for item in found.items}


def test_a_public_agent_is_not_sent_to_apprenticeship(starter: Starter) -> None:
    agent = Persona("agent", {"status": "public_agent", "age": 25}, Target("D1102"), [])
    assert "apprenticeship" not in [item.id for item in routes(starter, agent).items]


def test_nothing_known_says_so_and_offers_a_person(starter: Starter) -> None:
    found = routes(starter, Persona("rien", {}, Target("A0000"), []))
    assert found.items == ()
    assert "Une personne du hub" in found.text()


def test_only_a_jobseeker_reads_of_training_before_hiring_with_its_source(starter: Starter) -> None:
    for status, said in (("jobseeker", True), ("employee", False)):
        found = routes(starter, Persona(status, {"status": status, "education_level": 4}, Target("M1203"), []))
        (full,) = (item for item in found.items if item.id == "full")
        assert any("(POEI)" in sentence for sentence in full.changes) is said
        assert any("préparation opérationnelle" in source.title for source in full.sources) is said


def test_who_has_no_employer_is_not_told_of_their_agreement(starter: Starter) -> None:
    for status, said in (("employee", True), ("jobseeker", False), ("self_employed", False)):
        person = {"status": status, "modality": ["evening"], "education_level": 4}
        found = routes(starter, Persona(status, person, Target("M1203"), []))
        (blocks,) = (item for item in found.items if item.id == "blocks")
        assert any("Si votre employeur" in sentence for sentence in blocks.changes) is said
