"""What a correction corrects."""

import pytest

from bot.correcting import bare_number
from bot.facts import facts_of
from bot.messages import Profile
from bot.state import State
from bot.turn import Heard


def known(**profile: object) -> State:
    return State().learn(profile, 1)  # type: ignore[arg-type]


def heard(text: str, *durations: tuple[str, str]) -> Heard:
    found = [{"entity": "duration", "value": value, "role": role} for value, role in durations]
    return Heard.model_validate({"text": text, "intent": "correct", "entities": found})


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("non pardon, 14", {"company_size": 12}, {"company_size": 14}),
        ("je me suis trompée c'est pas 35 c'est 53", {"age": 35, "cpf_balance": 2000}, {"age": 53}),
        ("plutôt 1200 en fait", {"cpf_balance": 1500, "age": 40}, {"cpf_balance": 1200}),
        ("non 5 finalement", {"seniority_months": 72}, {"seniority_months": 60}),
        ("non, pas du tout", {"company_size": 12}, {}),
        ("attendez 2 minutes", {"cpf_balance": 1500}, {}),
    ],
)
def test_a_number_alone_replaces_what_it_may(text: str, before: Profile, after: Profile) -> None:
    assert bare_number(heard(text), known(**before)) == after


@pytest.mark.parametrize(
    ("durations", "after"),
    [
        ((("P4Y", "other"), ("P6Y", "other")), {"company_seniority_months": 72}),
        ((("P4Y", "other"), ("P40M", "experience")), {"company_seniority_months": 40}),
        ((("P9M", "company_seniority"), ("P2Y", "other")), {"company_seniority_months": 9}),
    ],
)
def test_a_duration_that_repeats_the_old_one_tells_what_is_wrong(
    durations: tuple[tuple[str, str], ...], after: Profile
) -> None:
    facts = facts_of(heard("…", *durations), known(company_seniority_months=48), None)
    assert facts == after
