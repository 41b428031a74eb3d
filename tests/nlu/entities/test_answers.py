"""Short answers mean what was just asked."""

import pytest

from tests.nlu.conftest import Extract, Read


@pytest.mark.parametrize(
    ("asked", "answer", "entity", "value", "role"),
    [
        ("target_job", "soudeur", "job", "H2913", "target"),
        ("current_job", "boulanger", "job", "D1102", "current"),
        ("location", "metz", "location", "57463", None),
        ("location", "08000", "location", "08105", None),
        ("cpf_balance", "2400", "amount", 2400, None),
        ("monthly_gross_salary", "1900", "amount", 1900, None),
        ("age", "42", "age", 42, None),
        ("company_size", "50", "company_size", 50, None),
        ("seniority_months", "10 ans", "duration", "P10Y", "seniority"),
        ("company_seniority_months", "8 mois", "duration", "P8M", "company_seniority"),
        ("experience_months", "5", "duration", "P5Y", "experience"),
        ("education_level", "BTS", "education_level", 5, None),
        ("education_level", "bac pro", "education_level", 4, None),
        ("status", "salarié", "status", "employee", None),
        ("first_name", "Karim", "person_name", "Karim", None),
        ("phone", "0612345678", "phone", "+33612345678", None),
    ],
)
def test_an_answer_is_read_as_what_was_asked(
    read: Read, asked: str, answer: str, entity: str, value: object, role: str | None
) -> None:
    assert read(answer, entity, asked=asked) == [(entity, value, role)]


@pytest.mark.parametrize("number", ["42", "2400"])
def test_a_number_alone_says_nothing_when_nothing_was_asked(extract: Extract, number: str) -> None:
    assert extract(number) == ()


def test_an_age_is_no_seniority(read: Read) -> None:
    assert read("10 ans", "age", "duration", asked="seniority_months") == [("duration", "P10Y", "seniority")]
