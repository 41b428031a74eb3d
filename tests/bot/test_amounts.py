"""What each sum of a message is taken for."""

import re

import pytest

from bot.amounts import amounts_of
from bot.turn import Heard


def heard(text: str, intent: str = "inform") -> Heard:
    """A message whose sums are its numbers followed by €, and whose topic is the account where it is named."""
    found: list[dict[str, object]] = [
        {"entity": "amount", "value": int(match.group(1)), "start": match.start(), "end": match.end()}
        for match in re.finditer(r"(\d+) €", text)
    ]
    if (account := text.find("CPF")) >= 0:
        found.append({"entity": "topic", "value": "cpf", "start": account, "end": account + 3})
    return Heard.model_validate({"text": text, "intent": intent, "entities": found})


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("la formation coûte 2500 € et j'ai 1800 € de CPF", {"training_cost": 2500, "cpf_balance": 1800}),
        ("l'école m'annonce 6490 €, avec 1500 € de CPF", {"training_cost": 6490, "cpf_balance": 1500}),
        ("mon patron met 500 € et moi 300 € de ma poche", {"employer_contribution": 500, "budget": 300}),
        ("pas de voiture (15 km max), CPF 2100 €", {"cpf_balance": 2100}),
        ("le CPF a un plafond de 1500 € ? j'ai 1700 € dessus", {"cpf_balance": 1700}),
        ("je gagne 1900 € brut", {"monthly_gross_salary": 1900}),
        ("600 € sur mon CPF, et un devis à 900 €", {"cpf_balance": 600, "training_cost": 900}),
    ],
)
def test_words_around_a_sum_tell_what_it_is(text: str, facts: dict[str, int]) -> None:
    assert amounts_of(heard(text), None) == facts


def test_a_bare_sum_answers_the_question_just_asked() -> None:
    assert amounts_of(heard("700 €"), "employer_contribution") == {"employer_contribution": 700}


def test_a_bare_sum_in_a_question_on_money_is_a_price_and_elsewhere_nothing() -> None:
    assert amounts_of(heard("3000 €, qui paie ?", "ask_funding"), None) == {"training_cost": 3000}
    assert amounts_of(heard("3000 €"), None) == {}
