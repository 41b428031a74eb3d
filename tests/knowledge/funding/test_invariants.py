"""What holds of any plan. `HUB_EXAMPLES=5000` tries more."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.funding import Funding, Plan, Training
from knowledge.funding.plan import make_plan
from knowledge.funding.questions import _ANSWERS as ANSWERS
from knowledge.funding.reply import as_json
from knowledge.funding.situation import NOT_ASKED, Situation
from knowledge.funding.values import amount_on
from tests.knowledge.funding.situations import CENT, DAYS, FIELDS, PROFILES, TRAININGS

EXAMPLES = int(os.environ.get("HUB_EXAMPLES", "200"))
FUNDING = Funding.load()
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CAPS = {"rs": "cpf_cap_rs", "bilan": "cpf_cap_bilan", "licence_b": "cpf_cap_licence_b"}
MONEY = ("cpf_balance", "employer_contribution", "c2p_points")
Profile = dict[str, Any]


def bare(profile: Profile, training: Training, on: date) -> Plan:
    return make_plan(Situation(profile, training.filled_from(profile), on), FUNDING.records)


@MANY
@given(PROFILES, TRAININGS, DAYS)
def test_the_sum_is_the_price_to_the_cent_and_only_what_is_eligible_counts(
    profile: Profile, training: Training, on: date
) -> None:
    plan = bare(profile, training, on)
    if training.cost is None:
        assert (plan.covered, plan.remaining, plan.fee) == (None, None, None)
    else:
        assert plan.covered is not None
        assert plan.remaining is not None
        assert plan.fee is not None
        assert plan.covered + plan.remaining == training.cost.quantize(CENT)
        assert 0 <= plan.fee <= plan.remaining
        counted = [line for line in plan.lines if line.amount]
        assert sum((line.amount or Decimal(0) for line in counted), Decimal(0)) == plan.covered
        assert all(line.verdict == "eligible" for line in counted)
    cpf = plan.line("cpf")
    if cpf and cpf.amount is not None:
        assert cpf.amount <= Decimal(str(profile["cpf_balance"])).quantize(CENT)
        situation = Situation(profile, training, on)
        cap = amount_on(FUNDING.records, CAPS[situation.cpf_kind], on) if situation.cpf_kind in CAPS else None
        assert cap is None or cpf.amount <= cap


@MANY
@given(PROFILES, TRAININGS, DAYS)
def test_each_line_is_explained_sourced_and_of_this_status(profile: Profile, training: Training, on: date) -> None:
    plan = FUNDING.plan(profile, training, on)
    shown = (*plan.lines, *plan.income, *plan.employer_aids)
    assert {line.scheme for line in shown} == {
        one.id for one in FUNDING.records.schemes.values() if profile["status"] in one.statuses
    }
    for line in shown:
        assert line.reasons
        assert all(reason.strip() and "{" not in reason for reason in line.reasons)
        assert line.sources
        assert all(source.url.startswith("https://") for source in line.sources)
        assert (line.verdict == "uncertain") or not line.missing or line.scheme == "cpf_abondement_employeur"
        assert line.opens_on is None or (line.verdict == "ineligible" and line.opens_on > on)
    assert all(act.day >= on for act in plan.calendar)
    assert all("{" not in warning for warning in plan.warnings)
    assert as_json(plan)["on"] == on.isoformat()
    assert FUNDING.text(profile, training, on)


@MANY
@given(
    PROFILES,
    TRAININGS,
    DAYS,
    st.sampled_from(["cpf_balance", "employer_contribution", "c2p_points"]),
    st.integers(1, 5_000),
)
def test_more_money_never_leaves_more_to_pay(
    profile: Profile, training: Training, on: date, field: str, more: int
) -> None:
    if training.cost is None:
        training = replace(training, cost=Decimal(3_000))
    richer = {**profile, field: (profile.get(field) or 0) + more}
    before, after = bare(profile, training, on), bare(richer, training, on)
    assert before.remaining is not None
    assert after.remaining is not None
    assert after.remaining <= before.remaining


@MANY
@given(PROFILES, TRAININGS, DAYS, st.data())
def test_one_fact_more_never_makes_a_sure_line_uncertain(
    profile: Profile, training: Training, on: date, data: st.DataObject
) -> None:
    absent = sorted(FIELDS.keys() - profile.keys())
    if not absent:
        return
    field = data.draw(st.sampled_from(absent))
    after = bare({**profile, field: data.draw(FIELDS[field])}, training, on)
    for line in (before := bare(profile, training, on)).lines + before.income:
        if line.verdict == "eligible":
            found = after.line(line.scheme)
            assert found is not None
            assert found.verdict != "uncertain", (line.scheme, field)


@MANY
@given(PROFILES, TRAININGS, DAYS)
def test_each_question_can_change_something_and_none_is_sensitive(
    profile: Profile, training: Training, on: date
) -> None:
    plan = FUNDING.plan(profile, training, on)
    lacking = {name for line in (*plan.lines, *plan.income) for name in line.missing}
    # A diploma type («BTS») answers target_certification without being a number: it is not asked again.
    profile_fields = {name for name in lacking & ANSWERS.keys() if profile.get(name) is None}
    assert profile_fields - set(NOT_ASKED) <= set(plan.questions)
    assert not set(plan.questions) & set(NOT_ASKED)
    for name in plan.questions:
        assert profile.get(name) is None
        results = [_answered(profile, training, on, name, answer) for answer in ANSWERS[name]]
        assert any(result != _verdicts(plan) for result in results), name


def _answered(profile: Profile, training: Training, on: date, name: str, answer: object) -> object:
    if name == "training_kind":
        return _verdicts(bare(profile, replace(training, kind=str(answer)), on))
    return _verdicts(bare({**profile, name: answer}, training, on))


def _verdicts(plan: Plan) -> object:
    shown = (*plan.lines, *plan.income, *plan.employer_aids)
    return [(line.scheme, line.verdict, line.amount, line.missing) for line in shown]


@pytest.mark.parametrize("name", sorted(FUNDING.records.schemes))
def test_each_scheme_is_found_by_its_names(name: str) -> None:
    scheme = FUNDING.scheme(name)
    for said in (scheme.name, *scheme.aliases):
        assert FUNDING.find(f"Bonjour, j'ai droit à {said} ?") == name


def test_other_words_name_no_scheme() -> None:
    assert FUNDING.find("je veux changer de métier") is None
