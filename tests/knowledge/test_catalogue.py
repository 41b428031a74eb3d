"""The knowledge in memory: successors of old certifications, older job codes, the fingerprint."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue
from knowledge.models import ImportRow
from knowledge.records import Certification, Job, Source

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SOURCE = Source("France compétences", "https://www.francecompetences.fr/", date(2026, 4, 22))


def certification(
    code: str, *replaced_by: str, active: bool = False, title: str = "Soudeur", type_: str = "TP"
) -> Certification:
    return Certification(code, title, "rncp", type_, 3, active, SOURCE, replaced_by=replaced_by)


def catalogue(*records: Certification) -> Catalogue:
    return Catalogue.of(certifications=records)


def test_links_are_followed_to_the_active_certification() -> None:
    held = catalogue(
        certification("RNCP1", "RNCP2"),
        certification("RNCP2", "RNCP3"),
        certification("RNCP3", active=True, title="Autre"),
    )
    assert held.successors("RNCP1") == ("RNCP3",)
    assert held.successors("RNCP2") == ("RNCP3",)


def test_a_certification_may_be_replaced_by_several() -> None:
    held = catalogue(
        certification("RNCP1", "RNCP2", "RNCP3"),
        certification("RNCP2", active=True, title="Plaques"),
        certification("RNCP3", "RNCP4"),
        certification("RNCP4", active=True, title="Tubes"),
    )
    assert held.successors("RNCP1") == ("RNCP2", "RNCP4")


@pytest.mark.parametrize("code", ["RNCP3", "RNCP99", ""])
def test_an_active_or_unknown_code_has_no_successor(code: str) -> None:
    assert catalogue(certification("RNCP3", active=True)).successors(code) == ()


def test_where_links_break_off_the_same_title_and_type_help_newest_first() -> None:
    held = catalogue(
        certification("RNCP1", "RNCP404", title="CAP  maçon"),
        certification("RNCP900", active=True, title="CAP Maçon"),
        certification("RNCP1000", active=True, title="Cap maçon", type_="tp"),
        certification("RNCP1001", active=True, title="CAP Maçon", type_="BP"),
        certification("RNCP1002", active=True, title="CAP Maçonne"),
        certification("RNCP1003", title="CAP Maçon"),
    )
    assert held.successors("RNCP1") == ("RNCP1000", "RNCP900")
    assert held.newest_active("cap maçon", "TP") == "RNCP1000"
    assert held.newest_active("cap maçon", "CQP") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Étude et économie", "ETUDE ET ECONOMIE"),
        ("Conducteur-routier (h/f)", "Conducteur routier H/F"),
        ("Services informatiques", "Services informatiques, Option A : « Réseaux » ; Option B : « Logiciels »"),
        ("Services informatiques - option réseaux", "Services informatiques"),
    ],
)
def test_a_title_is_the_same_whatever_its_accents_punctuation_and_options(old: str, new: str) -> None:
    held = catalogue(certification("RNCP1", title=old), certification("RNCP2", active=True, title=new))
    assert held.successors("RNCP1") == ("RNCP2",)


def test_two_options_are_two_titles() -> None:
    held = catalogue(
        certification("RNCP1", title="Maintenance option voitures"),
        certification("RNCP2", active=True, title="Maintenance option motocycles"),
    )
    assert held.successors("RNCP1") == ()


def test_the_title_of_a_record_on_the_way_helps_too() -> None:
    held = catalogue(
        certification("RNCP1", "RNCP2", title="Informatique de gestion"),
        certification("RNCP2", "RNCP404", title="Services informatiques"),
        certification("RNCP3", active=True, title="Services informatiques"),
    )
    assert held.successors("RNCP1") == ("RNCP3",)


def test_links_come_before_titles() -> None:
    held = catalogue(
        certification("RNCP1", "RNCP2"),
        certification("RNCP2", active=True, title="Assembleur"),
        certification("RNCP3", active=True),
    )
    assert held.successors("RNCP1") == ("RNCP2",)


CODES = [f"RNCP{number}" for number in range(8)]


@given(st.lists(st.tuples(st.lists(st.sampled_from(CODES), max_size=3), st.booleans()), min_size=8, max_size=8))
def test_whatever_the_links_successors_are_active_others_and_each_once(links: list[tuple[list[str], bool]]) -> None:
    held = catalogue(
        *(certification(code, *to, active=active) for code, (to, active) in zip(CODES, links, strict=True))
    )
    for code in CODES:
        found = held.successors(code)
        assert code not in found
        assert len(set(found)) == len(found)
        assert all(held.certifications[other].active for other in found)
        if not held.certifications[code].active:
            assert bool(found) == any(record.active for record in held.certifications.values())


def test_an_older_job_code_leads_to_the_jobs_it_became() -> None:
    jobs = [Job("A1102", "Débardeur", "A11", "A1101"), Job("A1101", "Conducteur", "A11", "A1101")]
    held = Catalogue.of(jobs=jobs)
    assert held.jobs_of_parent("A1101") == ("A1101", "A1102")
    assert held.jobs_of_parent("A1102") == ()


def test_records_cannot_be_changed() -> None:
    held = catalogue(certification("RNCP1"))
    with pytest.raises(TypeError):
        held.certifications["RNCP2"] = certification("RNCP2")  # type: ignore[index]


def loaded(database: Engine, source: str, content: str, changed: int, at: datetime = NOW) -> str:
    """The fingerprint after one load."""
    with Session(database) as session, session.begin():
        session.add(ImportRow(source=source, content_hash=content, imported_at=at, kept=1, changed=changed, refused=0))
    return Catalogue.load(database).fingerprint


def test_the_fingerprint_changes_with_the_content_and_with_nothing_else(empty_database: Engine) -> None:
    first = loaded(empty_database, "rncp.xml", "a", 2)
    assert loaded(empty_database, "rncp.xml", "a", 0, NOW + timedelta(days=1)) == first
    second = loaded(empty_database, "rncp.xml", "b", 1)
    assert second != first
    assert loaded(empty_database, "rome", "c", 1) not in {first, second}


def test_going_back_to_an_older_file_changes_the_fingerprint(empty_database: Engine) -> None:
    loaded(empty_database, "march.xml", "a", 2)
    april = loaded(empty_database, "april.xml", "b", 2)
    assert loaded(empty_database, "march.xml", "a", 2) != april
