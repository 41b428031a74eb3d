"""Amounts in euros."""

import re
from collections.abc import Iterator
from functools import cache

from nlu.entities.clauses import is_said_instead
from nlu.entities.found import Found
from nlu.entities.lexicons import lexicon
from nlu.entities.numbers import Number, answered, numbers
from nlu.entities.text import Folded
from nlu.understanding import Context

_A_SUM = 100
_LEAST = 10
_FIRST_YEAR, _LAST_YEAR = 1950, 2040
_BEFORE = 60
_NEAR = 40
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
        elif _shares_currency(message, number, priced) or _answers(message, context, number):
            priced[number] = number.end
            yield Found("amount", _colloquial(message, number), number.start, number.end)


def _amount(message: Folded, number: Number, end: int) -> Found:
    unit = _rule("currency").match(message.folded, number.end)
    times = 1000 if unit and (unit.group(1) or unit.group(2)) else 1
    value = number.value * times if unit else float(_colloquial(message, number))
    return Found("amount", int(value) if value.is_integer() else value, number.start, end)


def _end_of_price(message: Folded, number: Number) -> int | None:
    if number.value <= 1 and not message.folded[number.start].isdigit():
        return None
    unit = _rule("currency").match(message.folded, number.end)
    if unit and not (unit.group().strip() == "e" and number.value < _LEAST):
        return unit.end()
    if _rule("currency_before").search(message.before(number.start, 3)) or _rule("on_account").match(
        message.folded, number.end
    ):
        return number.end if number.value >= 10 else None
    return None


def _shares_currency(message: Folded, number: Number, priced: dict[Number, int]) -> bool:
    if _rule("other_unit").match(message.folded, number.end) or number.value < _LEAST:
        return False
    return _is_told_by_words(message, number) or _is_told_by_another(message, number, priced)


def _is_told_by_words(message: Folded, number: Number) -> bool:
    """Whether the words around a number without a currency tell that it is a sum."""
    if number.value < _A_SUM or _is_year(message, number):
        return False
    if _rule("on_it").match(message.folded, number.end):
        return True
    before = message.before(number.start, _BEFORE)
    return any(_rule(name).search(before) for name in ("earned", "account_before", "added"))


def _is_told_by_another(message: Folded, number: Number, priced: dict[Number, int]) -> bool:
    """Whether a sum stands beside it: «3000 ou 5000 euros», «800 €, et moi 300»."""
    for other, end in priced.items():
        between = message.folded[number.end : other.start]
        if number.end <= other.start and _rule("coordinated").search(between) and len(between) < 5:
            return True
        if end <= number.start and number.start - end < _NEAR:
            between = message.folded[end : number.start]
            if _rule("shared").search(between) or is_said_instead(message, end, number.start):
                return True
    return False


def _is_year(message: Folded, number: Number) -> bool:
    between = _FIRST_YEAR <= number.value <= _LAST_YEAR
    return between and _rule("year_before").search(message.before(number.start)) is not None


def _colloquial(message: Folded, number: Number) -> int | float:
    """The number, as it is meant: «deux mille trois» of money is 2 300."""
    said = _rule("hundreds_untold").search(message.folded[number.start : number.end])
    return int(number.value + 99 * (number.value % 10)) if said else number.plain


def _answers(message: Folded, context: Context, number: Number) -> bool:
    """Whether the number answers the question about an amount that was just asked."""
    if context.asked_field not in _ASKED or _rule("other_unit").match(message.folded, number.end):
        return False
    return answered(message) == number


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile(lexicon("money")[name])
