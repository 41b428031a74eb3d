"""Durations, normalised to ISO 8601, and what they measure."""

import re
from collections.abc import Iterator
from datetime import date

from nlu.entities.calendar import MONTHS, year_of_past_month
from nlu.entities.clauses import clause, is_of_someone_else, is_said_instead, sentence
from nlu.entities.found import Found
from nlu.entities.lexicons import any_match, rules
from nlu.entities.numbers import Number, answered, numbers
from nlu.entities.text import Folded
from nlu.understanding import Context

_UNITS = (
    ("Y", re.compile(r"\s?(?:d')?(?:ans?|annees?)\b(\set\sdemie?\b)?")),
    ("M", re.compile(r"\s?(?:de )?mois\b(\set\sdemi\b)?")),
    ("W", re.compile(r"\s?(?:de )?semaines?\b()")),
    ("D", re.compile(r"\s?(?:de )?(?:jours?|j)\b()")),
    ("H", re.compile(r"\s?(?:d')?(?:heures?|h)\b(?!\s?\d)()")),
    ("MIN", re.compile(r"\s?(?:minutes?|min|mn)\b()")),
)
_MORE_MONTHS = re.compile(r"\s(?:et )?(\d{1,2}) mois\b")
_ANY_MONTH = "|".join(MONTHS)
_SINCE = re.compile(
    rf"\bdepuis\s(?:(?:le mois de |le mois d'|en |debut |fin |mi-)?({_ANY_MONTH})\s?)?((?:19|20)\d\d)?\b"
)
# «Embauchée en mars 2021», «j'ai commencé à travailler en 2009».
_ENTERED = re.compile(
    r"\b(?:embauche\w*|recrutee?|titularisee?|signe (?:mon |un )?(?:cdi|contrat)|"
    r"(?:r?entree?|arrivee?) (?:chez|dans (?:la|ma|cette|l') ?(?:boite|entreprise|societe|usine|maison))|"
    r"(?P<working>commence a (?:travailler|bosser|taffer)|premier (?:boulot|emploi|travail|job)))\b[^.;!?,\d]{0,25}?"
    rf"\b(?:en|debut|fin|depuis|au mois de)\s(?:(?:debut |fin )?(?P<month>{_ANY_MONTH})\s)?(?P<year>(?:19|20)\d\d)\b"
)
_CLOCK = re.compile(
    r"\b(?:a|de|des|vers|apres|avant|jusqu'a|entre|et|partir de|lundi|mardi|mercredi|"
    r"jeudi|vendredi|samedi|demain|matin|soir|midi)\s$"
)
_PART_OF_DAY = re.compile(r"\s?(?:du mat|du soir|de l'apres|pile|\d\d\b)")
_YOUNG = re.compile(r"\b(?:depuis que j'ai|quand j'avais|depuis l'age de|a l'age de|j'avais|depuis mes)\s$")
_ONE_DAY = re.compile(r"(?<!pendant )(?<!dure )(?<!en )(?<!pour )\bun jour$")
_ASKED = {
    "seniority_months": "seniority",
    "company_seniority_months": "company_seniority",
    "experience_months": "experience",
    "training_months": "training",
    "training_hours": "training",
}
# «12 ans que je travaille, dont 8 ici»: what stands between the whole and its part.
_DONT = re.compile(r"(?:\s[^\W\d]+'?){0,6}?\s?,?\sdont\s(?:les )?(?:\w+ )??")
# «8 ans de boîte et 10 en tout».
_AND = re.compile(r"[^.;!?\d]{0,40}?(?:,|\bet|\bpuis|\bplus)\s(?:environ |presque )?")
_OF_WORK = re.compile(
    r"\s(?:en tout|au total|de (?:boulot|carriere|travail|metier|boite|maison|cdi|cdd|experience)\b|"
    r"d'(?:interim|experience|anciennete)|dans (?:la|ma|cette|une) (?:meme )?(?:boite|entreprise|usine)|chez\b|ici\b)"
)
_A_PART = re.compile(r"\s(?:ici|chez|dans|comme|en|au|a|avec|pour|sous|de|d')\b|\s?(?:[,.;:!?)]|$)")
_DONT_NUMBER = re.compile(r"\s?,?\sdont\s(?:les )?(?:\d|une?\b|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)")
# An answer of more words than this says something else than a number.
_BARE_WORDS = 4
_LONGEST_DAY = 24
_TOO_MUCH = 10_000


def find_durations(message: Folded, context: Context) -> Iterator[Found]:
    """Durations of the message: «2 ans et demi», «depuis mars 2023», or the answer to a question about one."""
    every = numbers(message)
    last: Found | None = None
    for number in every:
        if found := _counted(message, context, number):
            last = found
            yield found
        elif last and (found := _sharing_unit(message, context, last, number)):
            yield found
        elif context.asked_field in _ASKED and answered(message) == number and len(message.tokens) <= _BARE_WORDS:
            yield from _bare(context, number)
    yield from _since(message, context)
    yield from _entered(message, context)


def _counted(message: Folded, context: Context, number: Number) -> Found | None:
    for unit, pattern in _UNITS:
        match = pattern.match(message.folded, number.end)
        if match is None:
            continue
        if number.value >= _TOO_MUCH or (unit == "H" and _is_clock(message, number, match.end())):
            return None
        if _YOUNG.search(message.before(number.start)):
            return None
        if unit == "D" and _ONE_DAY.search(message.folded[: match.end()]):
            return None
        end, months = match.end(), 6 if match.group(1) or not number.value.is_integer() else 0
        if unit == "Y" and not months and (more := _MORE_MONTHS.match(message.folded, end)):
            end, months = more.end(), int(more.group(1))
        return Found("duration", _iso(number, unit, months), number.start, end, _role(message, context, number, end))
    return None


def _sharing_unit(message: Folded, context: Context, whole: Found, number: Number) -> Found | None:
    """«7 ans dont 5 ici», «3 ans, non 4»: a number that shares the unit of the duration before it."""
    if is_said_instead(message, whole.end, number.start) and not message.folded[number.end : number.end + 1].isalnum():
        own = _role(message, context, number, number.end)
        role = whole.role if own == "other" else own
        return Found("duration", _iso(number, str(whole.value)[-1], 0), number.start, number.end, role)
    if _AND.fullmatch(message.folded, whole.end, number.start) and _OF_WORK.match(message.folded, number.end):
        role = _role(message, context, number, number.end)
        return Found("duration", _iso(number, str(whole.value)[-1], 0), number.start, number.end, role)
    told = _DONT.fullmatch(message.folded, whole.end, number.start)
    if not told or not _A_PART.match(message.folded, number.end):
        return None
    before, after = clause(message, number.start, number.end)
    near = f"{before[-70:]}@{after[:60]}"
    known = next((r for r in ("company_seniority", "experience") if any_match(rules("durations", r), near)), "other")
    return Found("duration", _iso(number, str(whole.value)[-1], 0), number.start, number.end, known)


def _iso(number: Number, unit: str, months: int) -> str:
    whole = int(number.value)
    if unit in {"H", "MIN"}:
        return f"PT{whole}{unit[0]}"
    return f"P{whole}Y{months}M" if unit == "Y" and months else f"P{whole}{unit}"


def _is_clock(message: Folded, number: Number, end: int) -> bool:
    if number.value > _LONGEST_DAY:
        return False
    return bool(_CLOCK.search(message.before(number.start, 14)) or _PART_OF_DAY.match(message.folded, end))


def _bare(context: Context, number: Number) -> Iterator[Found]:
    """A number alone is years of work, or months or hours of training."""
    asked = context.asked_field or ""
    if number.value >= _TOO_MUCH:
        return
    unit = {"training_months": "M", "training_hours": "H"}.get(asked, "Y")
    months = 0 if number.value.is_integer() else 6
    yield Found("duration", _iso(number, unit, months), number.start, number.end, _ASKED[asked])


def _since(message: Folded, context: Context) -> Iterator[Found]:
    for match in _SINCE.finditer(message.folded):
        name, year = match.groups()
        if name is None and year is None:
            continue
        months = _elapsed(context.today, name, int(year) if year else None)
        if months > 0:
            value = "P" + (f"{months // 12}Y" if months >= 12 else "") + (f"{months % 12}M" if months % 12 else "")
            start, end = match.start() + len("depuis "), len(message.folded[: match.end()].rstrip())
            role = _role(message, context, Number(0, start, end), end)
            yield Found("duration", value, start, end, role)


def _entered(message: Folded, context: Context) -> Iterator[Found]:
    for match in _ENTERED.finditer(message.folded):
        months = _elapsed(context.today, match["month"], int(match["year"]))
        if months > 0 and not is_of_someone_else(message, match.start(), match.end()):
            start = match.start("month") if match["month"] else match.start("year")
            role = "seniority" if match["working"] else "company_seniority"
            yield Found("duration", f"P{months}M", start, match.end(), role)


def _elapsed(today: date, name: str | None, year: int | None) -> int:
    """Months since then; since a year alone, whole years."""
    if name is None:
        return 12 * (today.year - (year or today.year))
    month = MONTHS.index(name) + 1
    return 12 * (today.year - (year or year_of_past_month(today, month))) + today.month - month


def _role(message: Folded, context: Context, number: Number, end: int) -> str:
    if context.asked_field in _ASKED:
        return _ASKED[context.asked_field]
    if _DONT_NUMBER.match(message.folded, end):
        return "seniority"
    before, after = clause(message, number.start, end)
    # Of «10 ans dont 4 ici», what follows is told of the part.
    near = f"{before[-70:]}@{after.split(' dont ')[0][:60]}"
    if any_match(rules("durations", "other_first"), near):
        return "other"
    if re.match(r"\s?(?:heures?|h|minutes?|min|mn|jours?|j)\b", message.folded[number.end :]):
        return _wider_role(message, number, end)
    for role in ("company_seniority", "seniority", "experience"):
        if any_match(rules("durations", role), near):
            return role
    return _wider_role(message, number, end)


def _wider_role(message: Folded, number: Number, end: int) -> str:
    before, after = sentence(message, number.start, end)
    near = f"{before[-90:]}@{after[:60]}"
    if any_match(rules("durations", "training"), near) or _is_course_hours(message, number):
        return "training"
    for role in ("company_seniority", "experience"):
        if any_match(rules("durations", f"{role}_wide"), near):
            return role
    return "other"


def _is_course_hours(message: Folded, number: Number) -> bool:
    """Tens of hours are the length of a course."""
    return number.value > _LONGEST_DAY and re.match(r"\s?(?:heures?|h)\b", message.folded[number.end :]) is not None
