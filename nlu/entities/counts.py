"""The person's age and the number of employees of their employer."""

import re
from collections.abc import Iterator

from nlu.entities.calendar import MONTHS
from nlu.entities.clauses import clause, is_of_someone_else, is_said_instead
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, rules
from nlu.entities.numbers import Number, answered, numbers
from nlu.entities.text import Folded
from nlu.understanding import Context

_YEARS = re.compile(r"\s?(?:ans?|piges|balais)\b")
# «Mon âge c'est 29… non 30», «pas 22 ans mais 23»: years without their unit.
_YEARS_NAMED = re.compile(r"\bmon age\b[^?]{0,40}$|\bpas \d+ ans,? (?:mais|plutot|c'est|j'ai) $")
_BORN = re.compile(
    r"\b(?:nee?|naissance)\b[^.;!?,\d]{0,25}?\s(?P<place>(?:(?P<day>\d{1,2})(?:er)? )?"
    rf"(?:(?P<month>{'|'.join(MONTHS)}) )?(?P<year>(?:19|20)\d\d))\b"
)
_YOUNGEST, _OLDEST, _ADULT = 11, 99, 16
_MONTHS_FIELDS = frozenset({"seniority_months", "company_seniority_months", "experience_months", "training_months"})


def find_ages(message: Folded, context: Context) -> Iterator[Found]:
    """Ages in years: «j'ai 34 ans», «à 54 ans», «23 ans, …», or the answer to that question."""
    if context.asked_field in _MONTHS_FIELDS:
        return
    last: Found | None = None
    for number in numbers(message):
        unit = _YEARS.match(message.folded, number.end)
        end = unit.end() if unit else number.end
        instead = last is not None and _plausible(number) and is_said_instead(message, last.end, number.start)
        if instead or (unit and _is_age(message, context, number, end)):
            last = Found("age", int(number.value), number.start, end, weight=-3)
            yield last
        elif not unit and _is_age_without_unit(message, context, number):
            last = Found("age", int(number.value), number.start, end)
            yield last


def find_births(message: Folded, context: Context) -> Iterator[Found]:
    """Ages told by a birth: «né en 1985», «née le 3 mai 1990»."""
    for match in _BORN.finditer(message.folded):
        born, today = int(match["year"]), context.today
        month = MONTHS.index(match["month"]) + 1 if match["month"] else 1
        later = (month, int(match["day"] or 1)) > (today.month, today.day)
        age = today.year - born - later
        if _YOUNGEST <= age <= _OLDEST and not is_of_someone_else(message, match.start(), match.end()):
            yield Found("age", age, match.start("place"), match.end(), weight=-5)


def find_company_sizes(message: Folded, context: Context) -> Iterator[Found]:
    """Employees of the employer, all of them: «on est 12», «une boîte de 300 personnes»; not those to be trained."""
    for number in numbers(message):
        before, after = message.before(number.start, 60), clause(message, number.start, number.end)[1]
        end = number.end
        if context.asked_field == "company_size" and answered(message) == number:
            yield Found("company_size", int(number.value), number.start, end)
        elif number.value > 1 and (size := _staff(before, after)) is not None:
            yield Found("company_size", int(number.value) + _beyond(before), number.start, end + size, weight=-2)


def _is_age(message: Folded, context: Context, number: Number, end: int) -> bool:
    if not _plausible(number):
        return False
    before, after = message.before(number.start), message.after(end)
    if any_match(rules("ages", "duration_after"), after) or any_match(rules("ages", "duration_before"), before):
        return False
    if context.asked_field == "age" or any_match(rules("ages", "age_before"), before):
        return True
    return number.value >= _ADULT and any_match(rules("ages", "alone"), f"{before[-20:]}@{after[:12]}")


def _is_age_without_unit(message: Folded, context: Context, number: Number) -> bool:
    answers = context.asked_field == "age" and answered(message) == number
    named = _YEARS_NAMED.search(message.before(number.start, 60)) is not None
    return (answers or named) and _plausible(number)


def _plausible(number: Number) -> bool:
    return number.exact and _YOUNGEST <= number.value <= _OLDEST and float(number.value).is_integer()


def _beyond(before: str) -> int:
    """«Moins de 50» is 49 at most, «plus de 50» 51 at least: thresholds of the rules are told so."""
    if before.endswith("moins de "):
        return -1
    return 1 if before.endswith("plus de ") else 0


def _staff(before: str, after: str) -> int | None:
    """Length of the word that counts the staff, None when the number counts something else."""
    if any_match(rules("ages", "not_all_staff"), f"{before}@{after}"):
        return None
    for pattern in rules("ages", "staff_after"):
        if match := pattern.match(after):
            return match.end()
    if any_match(rules("ages", "staff_before"), before):
        people = re.match(r"\s(?:personnes?|pers|gars|collegues?|agents?|ouvriers?|tetes|bonhommes)\b", after)
        return people.end() if people else 0
    return None
