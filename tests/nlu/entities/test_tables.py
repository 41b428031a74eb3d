"""Each entity of the contract in sentences of its own: value and role, and nothing where it is denied."""

import pytest

from tests.nlu.conftest import Read
from tests.nlu.sentences import sentences

ENTITIES = (
    *("job", "location", "status", "contract_type", "education_level", "certification", "topic", "modality", "amount"),
    *("duration", "date", "age", "company_size", "sector", "disability", "person_name", "email", "phone"),
)
WITH_ROLES = frozenset({"job", "duration"})
_ROWS = [(entity, text, wanted) for entity in ENTITIES for text, wanted in sentences(f"entities/{entity}")]


@pytest.mark.parametrize(("entity", "text", "wanted"), _ROWS)
def test_reads(read: Read, entity: str, text: str, wanted: list[object]) -> None:
    found = read(text, entity)
    assert [[value, role] if entity in WITH_ROLES else value for _, value, role in found] == wanted


def test_a_diploma_held_is_not_also_one_wanted(read: Read) -> None:
    found = read("j'ai un CAP et je veux passer un BTS", "education_level", "certification")
    assert found == [("education_level", 3, None), ("certification", "BTS", None)]


def test_a_whole_introduction(read: Read) -> None:
    text = (
        "Bonjour, je suis aide-soignante à Charleville-Mézières, en CDI depuis 4 ans, et je voudrais devenir comptable "
        "sans arrêter de travailler, j'ai 2 400 € sur mon CPF"
    )
    assert read(text, *ENTITIES) == [
        ("job", "J1501", "current"),
        ("location", "08105", None),
        ("contract_type", "cdi", None),
        ("duration", "P4Y", "company_seniority"),
        ("job", "M1203", "target"),
        ("modality", "evening", None),
        ("modality", "part_time", None),
        ("amount", 2400, None),
        ("topic", "cpf", None),
    ]
