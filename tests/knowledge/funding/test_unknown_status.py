"""A scheme asked about by someone whose situation is not known."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.funding import Funding, Training

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("age", "verdict", "word"), [(32, "ineligible", "29 ans"), (22, "uncertain", ""), (None, "uncertain", "")]
)
def test_what_holds_in_every_situation_is_said_at_once(age: int | None, verdict: str, word: str) -> None:
    profile = {} if age is None else {"age": age}
    line = Funding.load().plan_about(profile, Training(kind="rncp"), TODAY, "contrat_apprentissage").lines[0]
    assert line.verdict == verdict
    assert word in " ".join(line.reasons)


def test_a_verdict_that_becomes_a_refusal_says_why() -> None:
    funding, training = Funding.load(), Training(kind="bilan")
    before = {line.scheme: line.verdict for line in funding.plan({"status": "employee"}, training, TODAY).lines}
    plan = funding.plan({"status": "employee", "bilan_in_last_5_years": True}, training, TODAY)
    assert "il y a moins de 5 ans" in funding.changes(plan, before)


def test_an_answer_that_changes_a_verdict_and_no_sum_is_said() -> None:
    funding, training = Funding.load(), Training(kind="rncp")
    profile = {"status": "employee", "contract_type": "cdi", "company_seniority_months": 108}
    before = {line.scheme: line.verdict for line in funding.plan(profile, training, TODAY).lines}
    plan = funding.plan({**profile, "seniority_months": 180}, training, TODAY)
    assert "Projet de transition professionnelle (PTP) : c'est possible" in funding.changes(plan, before)


@pytest.mark.parametrize("cost", [None, 3000])
def test_who_is_not_registered_is_told_what_registering_opens(cost: int | None) -> None:
    training = Training(kind="rncp", cost=None if cost is None else Decimal(cost))
    profile = {"status": "jobseeker", "registered_france_travail": False, "age": 41}
    text = Funding.load().text(profile, training, TODAY)
    assert "Après votre inscription à France Travail" in text
    assert "Aide individuelle à la formation" in text


def test_who_is_registered_is_not_told_to_register() -> None:
    profile = {"status": "jobseeker", "registered_france_travail": True, "age": 41}
    assert "Après votre inscription" not in Funding.load().text(profile, Training(kind="rncp"), TODAY)
