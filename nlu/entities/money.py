"""Amounts in euros."""

import re
from collections.abc import Iterator

from nlu.entities.found import Found
from nlu.entities.numbers import Number, answered, numbers
from nlu.entities.text import Folded
from nlu.understanding import Context

_EUROS = re.compile(r"\s?(k|mille)?\s?(?:€|euros?\b|balles\b|boules\b|e\b(?!['\w])|d'euros\b)|\s?(k)€?(?=[\s.,;!?)]|$)")
_BEFORE = re.compile(r"€\s?$")
_ON_ACCOUNT = re.compile(r"\s(?:dispo\w*\s)?(?:sur|de|dans|en) (?:mon |le |ma )?(?:cpf|compte|budget|cagnotte)\b")
_ON_IT = re.compile(r"\s(?:dessus|dedans|de cote|de dispo\w*)\b")
_EARNED = re.compile(
    r"\b(?:plafond a|plafond de|limite a|limite de|"
    r"gagne|touche|paye|salaire de|salaire est de|salaire c'est|coute|vaut|budget de|budget est de|devis de|"
    r"solde de|solde est de|cagnotte de)\s(?:environ |a peu pres |que |autour de |dans les )?$"
)
_COORDINATED = re.compile(r"\s(?:a|ou|et|-)\s$|^\s?-\s?$")
_SHARE = re.compile(r",\s?(?:et )?(?:moi|lui|elle|nous|plus|puis)\s(?:je mets |j'ajoute |met |mets )?$")
_OTHER_UNIT = re.compile(
    r"\s?(?:ans?|annees?|mois|semaines?|jours?|heures?|h|salari\w+|personnes?|km|%|points?|pers)\b"
)
_A_SUM = 100
_ASKED = frozenset(
    {
        *("cpf_balance", "budget", "training_cost", "monthly_gross_salary", "employer_contribution"),
        *("are_daily", "third_party_contribution"),
    }
)


def find_amounts(message: Folded, context: Context) -> Iterator[Found]:
    """Amounts of the message: numbers with a currency, and those that share it («3000 ou 5000 euros»)."""
    every = numbers(message)
    priced = {number: end for number in every if (end := _end_of_price(message, number))}
    for number in every:
        if number in priced:
            yield _amount(message, number, priced[number])
        elif _shares_currency(message, number, every, priced) or _answers(message, context, number):
            yield Found("amount", number.plain, number.start, number.end)


def _amount(message: Folded, number: Number, end: int) -> Found:
    unit = _EUROS.match(message.folded, number.end)
    times = 1000 if unit and (unit.group(1) or unit.group(2)) else 1
    value = number.value * times
    return Found("amount", int(value) if value.is_integer() else value, number.start, end)


def _end_of_price(message: Folded, number: Number) -> int | None:
    if number.value <= 1 and not message.folded[number.start].isdigit():
        return None
    if unit := _EUROS.match(message.folded, number.end):
        return unit.end()
    if _BEFORE.search(message.before(number.start, 3)) or _ON_ACCOUNT.match(message.folded, number.end):
        return number.end if number.value >= 10 else None
    return None


def _shares_currency(message: Folded, number: Number, every: tuple[Number, ...], priced: dict[Number, int]) -> bool:
    if _OTHER_UNIT.match(message.folded, number.end) or number.value < 10:
        return False
    if number.value >= _A_SUM and _ON_IT.match(message.folded, number.end):
        return True
    if number.value >= _A_SUM and _EARNED.search(message.before(number.start)):
        return True
    for other, end in priced.items():
        between = message.folded[number.end : other.start]
        if number.end <= other.start and _COORDINATED.search(between) and len(between) < 5:
            return True
        if end <= number.start and _SHARE.search(message.folded[end : number.start]):
            return number.start - end < 25
    return False


def _answers(message: Folded, context: Context, number: Number) -> bool:
    """Whether the number answers the question about an amount that was just asked."""
    if context.asked_field not in _ASKED or _OTHER_UNIT.match(message.folded, number.end):
        return False
    return answered(message) == number
