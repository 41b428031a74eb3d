"""Skills held against the skills of a job: what is held, what is missing, what covers it, and the advice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.positioning import COVERAGE_FOR_PARTIAL, COVERAGE_FOR_VAE, position
from knowledge.records import Block, Certification, Job, Skill, Source

LABELS = {
    "accueil": "Accueillir le public",
    "caisse": "Tenir la caisse",
    "comptes": "Tenir les comptes",
    "paie": "Préparer les fiches de paie",
    "bilan": "Établir le bilan annuel",
    "impots": "Déclarer les impôts",
    "registre": "Tenir les comptes de caisse",
}
SOURCE = Source("France compétences", "https://www.francecompetences.fr/", date(2026, 4, 22))
TITLE = Certification(
    "RNCP1",
    "Comptable",
    "rncp",
    "TP",
    4,
    True,
    SOURCE,
    blocks=(
        Block("B1", "Accueillir"),
        Block("B2", "Paie", "Préparer des fiches de paie"),
        Block("B3", "Le bilan annuel"),
    ),
)
CATALOGUE = Catalogue.of(
    jobs=[
        Job("M1203", "Comptable", "M12", "M1203", key_skills=("comptes", "paie", "bilan", "impots")),
        Job("D1505", "Hôte de caisse", "D15", "D1505", key_skills=("accueil", "caisse"), other_skills=("comptes",)),
        Job("D1106", "Vendeur", "D11", "D1106", key_skills=("registre",)),
        Job("K1304", "Sans compétence connue", "K13", "K1304"),
    ],
    skills=[Skill(code, label, "know_how") for code, label in LABELS.items()],
)


def test_what_is_declared_implied_and_missing() -> None:
    found = position("M1203", CATALOGUE, current_job="D1505", held={"paie"})
    assert [(one.skill.code, one.how) for one in found.skills] == [
        ("comptes", "implied"),
        ("paie", "declared"),
        ("bilan", "missing"),
        ("impots", "missing"),
    ]
    assert (found.coverage, found.advice) == (0.5, "partial")
    assert [skill.code for skill in found.gaps] == ["bilan", "impots"]
    assert "2 sur les 4" in found.reasons[1]


def test_a_skill_said_in_nearly_the_same_words_is_implied() -> None:
    found = position("M1203", CATALOGUE, current_job="D1106")
    assert found.skills[0].how == "implied"


def test_blocks_that_cover_the_gaps_are_named() -> None:
    found = position("M1203", CATALOGUE, held={"comptes", "impots"}, certifications=[TITLE])
    assert {(one.block.code, one.skills[0].code) for one in found.blocks} == {("B2", "paie"), ("B3", "bilan")}


@pytest.mark.parametrize(
    ("held", "advice"),
    [
        ((), "full"),
        (("comptes",), "full"),
        (("comptes", "paie"), "partial"),
        (("comptes", "paie", "bilan"), "vae"),
        (("comptes", "paie", "bilan", "impots"), "vae"),
    ],
)
def test_the_advice(held: tuple[str, ...], advice: str) -> None:
    assert position("M1203", CATALOGUE, held=held).advice == advice


def test_a_job_without_known_skills_gives_no_advice() -> None:
    found = position("K1304", CATALOGUE, held={"paie"})
    assert (found.advice, found.coverage, found.skills) == ("unknown", 0.0, ())
    assert "personne du hub" in found.reasons[0]


@given(st.sets(st.sampled_from(sorted(LABELS))), st.sampled_from(sorted(LABELS)))
def test_one_skill_more_never_lowers_the_coverage(held: set[str], more: str) -> None:
    before, after = position("M1203", CATALOGUE, held=held), position("M1203", CATALOGUE, held=held | {more})
    assert 0 <= before.coverage <= after.coverage <= 1
    assert COVERAGE_FOR_PARTIAL < COVERAGE_FOR_VAE
