"""What an employer hears of an apprentice: the aid of the day, by level, and that a candidate is too old."""

from datetime import date

import pytest

from bot.answers import answer
from bot.apprentices import for_employer
from bot.messages import Say
from bot.state import Memory, State
from knowledge.funding import Funding
from tests.bot.conftest import MakeTurn

OF_APPRENTICES = Memory(topic="apprentissage")


def heard(
    turn: MakeTurn, text: str, *entities: tuple[object, ...], size: int | None = 4, status: str = "employer"
) -> str:
    profile = {"status": status, **({} if size is None else {"company_size": size})}
    state = State(profile, memory=OF_APPRENTICES)
    asked = turn("ask_funding", *entities, text=text, state=state)
    return "\n".join(message.text for message in for_employer(asked, state))


def test_the_aid_is_said_by_level_with_its_source(turn: MakeTurn) -> None:
    state = State({"status": "employer", "company_size": 4}, memory=OF_APPRENTICES)
    (message,) = for_employer(turn("ask_funding", text="j'ai droit à une prime ?", state=state), state)
    assert [amount in message.text for amount in ("5\u202f000", "4\u202f500", "2\u202f000")] == [True] * 3
    assert "avant le 1er janvier 2027" in message.text
    assert message.payload is not None
    assert message.payload["sources"]


def test_a_large_firm_receives_less(turn: MakeTurn) -> None:
    assert "750" in heard(turn, "une aide ?", size=250)
    assert "5\u202f000" not in heard(turn, "une aide ?", size=250)


def test_a_firm_of_unknown_size_is_told_for_whom_the_amounts_hold(turn: MakeTurn) -> None:
    assert "moins de 250 salariés" in heard(turn, "une aide ?", size=None)


@pytest.mark.parametrize(
    ("on", "amounts"), [(date(2026, 11, 23), [5000, 4500, 2000]), (date(2027, 1, 4), [5000]), (date(2026, 3, 7), [])]
)
def test_only_what_is_known_for_the_day_is_said(on: date, amounts: list[int]) -> None:
    assert [one.amount for one in Funding.load().apprentice_aid(on, 10)] == amounts


@pytest.mark.parametrize(("age", "said"), [(31, True), (30, True), (29, False), (17, False)])
def test_a_candidate_over_29_is_too_old(turn: MakeTurn, age: int, said: bool) -> None:
    assert ("29 ans" in heard(turn, f"le candidat a {age} ans", ("age", age))) is said


def test_the_age_comes_instead_of_a_plan_that_would_say_yes(turn: MakeTurn) -> None:
    state = State({"status": "employer"}, memory=OF_APPRENTICES)
    asked = turn(
        "ask_eligibility", ("age", 41), ("topic", "apprentissage"), text="à 41 ans, c'est possible ?", state=state
    )
    said, _ = answer(asked)
    assert not any(isinstance(one, Say) and one.kind == "funding" for one in said)


def test_who_is_no_employer_hears_nothing_of_it(turn: MakeTurn) -> None:
    assert heard(turn, "une aide ?", status="jobseeker") == ""
