"""Dates, in full or relative to the program's date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from nlu.entities.clauses import clause
from nlu.entities.found import Found
from nlu.entities.text import Folded
from nlu.understanding import Context

MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ANY_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ISO = re.compile(rf"(?<!\d){_YEAR}-(?P<number>\d\d)(?:-(?P<day>\d\d))?(?!\d)")
_NUMERIC = re.compile(
    rf"(?<![\d/])(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}})[/.-](?:{_YEAR}|(?P<short>\d\d))(?![\d/])"
)
_MONTH_NUMBER = re.compile(rf"(?<![\d/.])(?P<number>0[1-9]|1[0-2])/{_YEAR}(?![\d/])")
_DAY = re.compile(rf"\b(?P<day>\d{{1,2}})\s?(?:er\b)?\s?{_ANY_MONTH}\b(?:\s{_YEAR})?")
_MONTH = re.compile(rf"(?<!\d )(?<!\der )\b{_ANY_MONTH}\s{_YEAR}\b")
_MONTH_ALONE = re.compile(
    r"\b(?:en|fin|debut|mi|des|pour|a partir de|a partir d'|d'ici|avant|jusqu'en|jusqu'a|courant|vers|apres|"
    rf"au mois de|au mois d'|rentree de|session de|sinon|et|ou|de)[\s-](?:fin |debut |mi-)?{_ANY_MONTH}\b(?!\s?\d)"
)
_PART_OF_YEAR = re.compile(rf"\b(?P<part>rentree|debut|fin)(?: de| d'annee| scolaire)? {_YEAR}\b")
_PART_BEGINS = {"rentree": 9, "debut": 1, "fin": 12}
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_WEEKDAYS)})\b(?P<next>\sprochain)?")
_USUALLY = re.compile(r"\b(?:le|les|chaque|tous les|du|au|un|ouvert\w*|samedis?)\s$")
_RELATIVE = re.compile(r"\b(?P<name>aujourd'hui|apres-demain|apres demain|demain|le mois prochain)\b")
_DAYS = {"aujourd'hui": 0, "demain": 1, "apres-demain": 2, "apres demain": 2}
_PAST = re.compile(
    r"\b(?:depuis|j'ai (?:eu|fini|obtenu|perdu|arrete|quitte|demissionne)|etais|etait|dernier|passee?)\b"
)


_DAY_ALONE = re.compile(r"\ble (?P<day>\d{1,2})(?=\s*(?:$|[,.?!]|a \d|au matin|matin|apres-midi|vers\b))")
_MEETING = re.compile(r"\b(?:rendez-vous|dispo\w*|libre|voir|rencontrer|passer|venir)\b")


def find_dates(message: Folded, context: Context) -> Iterator[Found]:
    """Dates (2027-01-15) and months (2027-01)."""
    for pattern in (_ISO, _NUMERIC, _MONTH_NUMBER, _DAY, _MONTH, _MONTH_ALONE, _PART_OF_YEAR):
        for match in pattern.finditer(message.folded):
            if not message.before(match.start(), 8).endswith("depuis "):
                yield from _dated(message, context, match)
    yield from _relative(message, context)
    if _MEETING.search(message.folded):
        for match in _DAY_ALONE.finditer(message.folded):
            yield from _next_day(context.today, match)


def year_of_past_month(today: date, month: int) -> int:
    """The year of the last `month` before today."""
    return today.year if month <= today.month else today.year - 1


def _dated(message: Folded, context: Context, match: re.Match[str]) -> Iterator[Found]:
    parts = match.groupdict()
    month = _month(parts)
    start = match.start("month") if match.re is _MONTH_ALONE else match.start()
    day = int(parts.get("day") or 0)
    year = _year(message, context, match, month, day)
    if not day and 1 <= month <= 12:
        yield Found("date", f"{year:04}-{month:02}", start, match.end())
    elif valid := _valid(year, month, day):
        yield Found("date", valid.isoformat(), start, match.end())


def _month(parts: dict[str, str | None]) -> int:
    """The month that a date names, in letters, in digits, or by the part of the year: «rentrée 2027» is September."""
    if part := parts.get("part"):
        return _PART_BEGINS[part]
    return MONTHS.index(name) + 1 if (name := parts.get("month")) else int(parts["number"] or 0)


def _year(message: Folded, context: Context, match: re.Match[str], month: int, day: int) -> int:
    parts, today = match.groupdict(), context.today
    if parts.get("year"):
        return int(parts["year"])
    if parts.get("short"):
        return 2000 + int(parts["short"])
    if _PAST.search(clause(message, match.start(), match.end())[0]):
        return year_of_past_month(today, month)
    return today.year if (month, day or 31) >= (today.month, today.day) else today.year + 1


def _relative(message: Folded, context: Context) -> Iterator[Found]:
    for match in _RELATIVE.finditer(message.folded):
        if match["name"] in _DAYS:
            value = (context.today + timedelta(days=_DAYS[match["name"]])).isoformat()
        else:
            value = (context.today.replace(day=1) + timedelta(days=32)).isoformat()[:7]
        farewell = message.before(match.start(), 2) == "a " and len(message.tokens) < 5
        if match["name"] != "aujourd'hui" and not farewell:
            yield Found("date", value, *match.span())
    for match in _WEEKDAY.finditer(message.folded):
        if match["next"] or not _USUALLY.search(message.before(match.start(), 12)):
            ahead = (_WEEKDAYS.index(match["name"]) - context.today.weekday()) % 7 or 7
            yield Found("date", (context.today + timedelta(days=ahead)).isoformat(), *match.span())


def _next_day(today: date, match: re.Match[str]) -> Iterator[Found]:
    """«le 12»: the next day with this number."""
    for months in range(3):
        month = (today.month - 1 + months) % 12 + 1
        day = _valid(today.year + (today.month - 1 + months) // 12, month, int(match["day"]))
        if day and day >= today:
            yield Found("date", day.isoformat(), *match.span())
            return


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
