"""Which funding to look at first."""

from datetime import date

import pytest

from knowledge.funding import Funding, Training
from knowledge.funding.saying import first_to_look_at

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("profile", "first"),
    [
        ({"status": "employee", "cpf_balance": 1500, "age": 40}, "cpf"),
        ({"status": "employee", "age": 40}, "cpf"),
        ({"status": "jobseeker", "registered_france_travail": True, "age": 40, "cpf_balance": 0}, "aif"),
        ({"status": "public_agent", "cpf_hours": 150}, "cpf_agent_public"),
    ],
)
def test_what_pays_by_right_comes_before_what_somebody_decides(profile: dict[str, object], first: str) -> None:
    plan = Funding.load().plan(profile, Training(kind="rncp"), TODAY)
    line = first_to_look_at(plan)
    assert line is not None
    assert line.scheme == first


def test_a_leave_is_no_money_to_look_at_first() -> None:
    plan = Funding.load().plan({"status": "employee", "cpf_balance": 0}, Training(kind="vae"), TODAY)
    line = first_to_look_at(plan)
    assert line is None or line.scheme != "conge_vae"


def test_an_employer_is_not_told_an_order_of_what_pays_a_person() -> None:
    text = Funding.load().text({"status": "employer", "company_size": 8}, Training(kind="rncp"), TODAY)
    assert "À regarder d'abord" not in text


def test_the_plan_says_it_where_there_is_a_choice() -> None:
    profile = {"status": "employee", "cpf_balance": 1500, "age": 40}
    text = Funding.load().text(profile, Training(kind="rncp"), TODAY)
    assert text.splitlines()[0].startswith("À regarder d'abord : Compte personnel de formation")
