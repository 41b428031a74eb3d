"""Entities over all of France: every commune, every job title, every active certification."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue
from knowledge.database import Base, sync_engine
from knowledge.importing import Loader
from knowledge.sources import communes, rome
from knowledge.starter import load_starter
from nlu.entities import EntityExtractor
from nlu.understanding import Context
from tests.nlu.conftest import TODAY
from tests.shared_data import shared_data


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> EntityExtractor:
    """Reads with the official communes and jobs."""
    data, now = shared_data(), datetime(2026, 11, 23, tzinfo=UTC)
    engine = sync_engine(f"sqlite:///{tmp_path_factory.mktemp('full') / 'hub.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        Loader(session, "rome", now).jobs(rome.read_jobs(data / "rome"))
        Loader(session, "communes", now).communes(communes.read_communes(data / "communes" / "communes.json"))
        load_starter(session, now)
    catalogue = Catalogue.load(engine)
    engine.dispose()
    return EntityExtractor(catalogue)


def places(extractor: EntityExtractor, text: str, hub: str | None = None) -> list[object]:
    """The places of a message."""
    return [e.value for e in extractor.extract(text, Context(TODAY, None, hub)) if e.entity == "location"]


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("j'habite à Vandoeuvre-lès-Nancy", "54547"),
        ("je vis à Saint Louis", "68297"),
        ("on habite Sarrebourg", "57630"),
        ("12 rue des Lilas 67000 Strasbourg", "67482"),
        ("je viens de Sens", "89387"),
        ("une formation dans la Marne", "51"),
        ("je suis de Montigny, dans les Ardennes", "08305"),
        ("j'habite Villers (54)", "54578"),
    ],
)
def test_a_place_is_found_among_all_communes(extractor: EntityExtractor, text: str, insee: str) -> None:
    assert insee in places(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "il y a moyen de payer en trois fois ?",
        "je cherche un appartement à louer",
        "il a gagné hier soir",
        "ce métier a du sens pour moi",
        "aide à la formation",
        "le titre, c'est bon ?",
        "je suis bon en or et en bois",
        "moi c'est Vincent, ma fille s'appelle Lucie",
        "sur une échelle de un à dix",
        "je voudrais voir la mer en mars",
        "merci pour tout, à demain",
    ],
)
def test_an_ordinary_word_or_a_name_is_no_place(extractor: EntityExtractor, text: str) -> None:
    assert places(extractor, text) == []


def test_of_two_homonyms_the_nearest_to_the_hub_is_meant(extractor: EntityExtractor) -> None:
    vosges, bretagne = places(extractor, "à Saint-Maurice", "88383"), places(extractor, "à Saint-Maurice", "35238")
    assert vosges != bretagne


@pytest.mark.parametrize("text", ["je m'ennuie au boulot", "mon poste est supprimé", "il fait beau", "où êtes-vous ?"])
def test_no_job_is_invented(extractor: EntityExtractor, text: str) -> None:
    assert [e for e in extractor.extract(text, Context(date(2026, 11, 23))) if e.entity == "job"] == []
