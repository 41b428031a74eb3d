"""A certification that has ended, or whose level is far, in a small catalogue of its own."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.pathways import RouteProfile, Target, plan_routes
from knowledge.records import Block, Certification, Job, JobTitle, Source
from knowledge.search.embedding import load_embedder
from knowledge.search.engine import SearchEngine

SOURCE = Source("France compétences", "https://www.francecompetences.fr/", date(2026, 4, 22))


def record(code: str, level: int, *, active: bool = True, replaced_by: tuple[str, ...] = ()) -> Certification:
    blocks = (Block(f"{code}BC01", "Tenir les comptes"), Block(f"{code}BC02", "Établir la paie"))
    title = f"Comptable {level}"
    return Certification(
        code, title, "rncp", "TP", level, active, SOURCE, rome=("M1203",), replaced_by=replaced_by, blocks=blocks
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, SearchEngine]:
    job = Job("M1203", "Comptable", "M12", "M1203", (JobTitle("Comptable", "M1203"),))
    catalogue = Catalogue.of(
        certifications=[
            record("RNCP1", 6, active=False, replaced_by=("RNCP2",)),
            record("RNCP2", 6),
            record("RNCP3", 4),
            record("RNCP4", 5, active=False),
        ],
        jobs=[job],
    )
    folder: Path = tmp_path_factory.mktemp("search")
    return catalogue, SearchEngine.open(catalogue, load_embedder(None), folder)


def test_an_ended_certification_leads_to_what_replaces_it(small: tuple[Catalogue, SearchEngine]) -> None:
    found = plan_routes(RouteProfile(education_level=5), Target(certification="RNCP1"), *small)
    codes = {step.code for item in found.items for step in item.steps if step.code}
    assert codes == {"RNCP2"}


def test_an_ended_one_without_successor_leads_nowhere_unsafe(small: tuple[Catalogue, SearchEngine]) -> None:
    found = plan_routes(RouteProfile(), Target(certification="RNCP4"), *small)
    assert "RNCP4" not in {step.code for item in found.items for step in item.steps}


def test_too_far_a_level_begins_with_a_lower_one(small: tuple[Catalogue, SearchEngine]) -> None:
    found = plan_routes(RouteProfile(education_level=3), Target(certification="RNCP2"), *small)
    first = found.items[0]
    assert first.id == "lower_level"
    assert [step.code for step in first.steps] == ["RNCP3", "RNCP2"]
    assert "full" not in {item.id for item in found.items}


def test_the_blocks_are_named_and_counted(small: tuple[Catalogue, SearchEngine]) -> None:
    found = plan_routes(RouteProfile(status="employee", education_level=5), Target(certification="RNCP2"), *small)
    (blocks,) = (item for item in found.items if item.id == "blocks")
    assert "Tenir les comptes" in blocks.steps[0].title
    assert "2 en tout" in blocks.steps[1].title


def test_experience_in_the_job_opens_vae_and_a_near_job_a_part_of_it(tmp_path: Path) -> None:
    near = Job("M1206", "Aide comptable", "M12", "M1206", near=("M1203",))
    job = Job("M1203", "Comptable", "M12", "M1203", (JobTitle("Comptable", "M1203"),))
    catalogue = Catalogue.of(certifications=[record("RNCP3", 4)], jobs=[job, near])
    search = SearchEngine.open(catalogue, load_embedder(None), tmp_path)
    whole = plan_routes(RouteProfile(experience_months=12), Target("M1203"), catalogue, search)
    part = plan_routes(RouteProfile(current_job="M1206"), Target("M1203"), catalogue, search)
    none = plan_routes(RouteProfile(experience_months=11), Target("M1203"), catalogue, search)
    assert "vae" in {item.id for item in whole.items}
    assert "vae_partial" in {item.id for item in part.items}
    assert not {"vae", "vae_partial"} & {item.id for item in none.items}
