"""Numbers in digits and in words, and what they count: money, time, years of age, employees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from text_to_num import text2num

from nlu.entities.found import Found
from nlu.entities.text import Folded, Token
from nlu.understanding import Context

_DIGITS = re.compile(r"(?<![\w.,+-])(\d{1,3}(?:[ .]\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\d])")
_NUMBER_WORDS = frozenset(
    (
        *("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
        *("treize", "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "cinquante", "soixante"),
        *("cent", "cents", "mille"),
    )
)
_LINKS = frozenset({"et"})
_EUROS = re.compile(r"\s*(k)?\s*(?:€|euros?\b|eur\b|balles\b|e\b)|\s*(k)(?:€|\b)")
_UNITS = (
    ("Y", re.compile(r"\s*(?:ans?|annees?)\b(\s+et\s+demie?)?")),
    ("M", re.compile(r"\s*mois\b(\s+et\s+demi)?")),
    ("W", re.compile(r"\s*semaines?\b()")),
    ("D", re.compile(r"\s*jours?\b()")),
    ("H", re.compile(r"\s*(?:heures?|h)\b()")),
)
_AGE_BEFORE = re.compile(r"(?:j'ai|jai|j ai|agee? de|age de|mes|\bage\W*|mon fils (?:de|a)|ma fille (?:de|a)|moi)\s*$")
_AGE_AFTER = re.compile(r"\s*ans\b(?!\s*(?:d'|de |dans|que|comme|en |et demi|chez|a ))")
_SIZE = re.compile(r"\s*(?:salariee?s?|employee?s?|personnes\b(?= (?:dans|au))|collaborateurs|gars\b|ouvriers)")
_SIZE_ALL = re.compile(r"(?:compte|sommes|est de|a|de|avec|,|fait|on est|j'ai)\s*$")
_TO_TRAIN = re.compile(r"\s*(?:\w+\s+){0,2}a former|\s*(?:\w+\s+){0,3}(?:en|a la|au|sur)\s+\w+")
_ROLES = (
    (
        "company_seniority",
        re.compile(
            r"\b(?:cdi|cdd|meme (?:boite|entreprise|patron|employeur)|cette (?:boite|entreprise)|"
            r"d'anciennete|dans (?:ma|mon|la) (?:boite|entreprise)|chez)\b"
        ),
    ),
    (
        "experience",
        re.compile(
            r"\b(?:d'experience|experience|comme|en tant que?|ce metier|"
            r"que je (?:fais|suis|travaille|bosse)|dans (?:le|la|l'))"
        ),
    ),
    ("training", re.compile(r"\b(?:formation|cours|stage|dure|duree|cursus)\b")),
    ("seniority", re.compile(r"\b(?:en tout|au total|travaille|de travail|de vie active|de carriere)\b")),
)
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_ANY_MONTH = "|".join(_MONTHS)
_SINCE = re.compile(rf"\bdepuis\s+(?:(?:le mois de |en )?({_ANY_MONTH})\s+)?((?:19|20)\d\d)\b")
_DAY = re.compile(rf"\b(?:le\s+)?(\d{{1,2}})(?:er)?\s+({_ANY_MONTH})(?:\s+((?:19|20)\d\d))?\b")
_MONTH = re.compile(rf"\b(?:en|fin|debut|mi-?|des|pour|a partir de|d'ici)\s+({_ANY_MONTH})(?:\s+((?:19|20)\d\d))?\b")
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
_ASKED_AMOUNTS = frozenset({"cpf_balance", "budget", "training_cost", "monthly_gross_salary", "employer_contribution"})
_ASKED_MONTHS = {
    "seniority_months": "seniority",
    "company_seniority_months": "company_seniority",
    "experience_months": "experience",
}
_YOUNGEST, _OLDEST = 11, 99


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the message and the place of its words."""

    value: float
    start: int
    end: int


def find_quantities(message: Folded, context: Context) -> Iterator[Found]:
    """Amounts, durations, ages, company sizes and dates."""
    for number in numbers(message):
        yield from _quantity(message, context, number)
    yield from _since(message, context)
    yield from _dates(message, context)


def numbers(message: Folded) -> Iterator[Number]:
    """Every number written in digits or in words, in the order of each kind."""
    for match in _DIGITS.finditer(message.folded):
        whole = match.group(1).replace(" ", "").replace(".", "")
        value = float(f"{whole[:12]}.{match.group(2) or 0}")
        yield Number(value, match.start(), match.end())
    run: list[Token] = []
    for token in (*message.tokens, Token("", len(message.folded), len(message.folded))):
        if token.text in _NUMBER_WORDS or (run and token.text in _LINKS):
            run.append(token)
            continue
        yield from _in_words(run)
        run = []


def _in_words(run: list[Token]) -> Iterator[Number]:
    while run and run[-1].text in _LINKS:
        run.pop()
    if not run:
        return
    words = " ".join("un" if token.text == "une" else token.text for token in run)
    try:
        yield Number(float(text2num(words, "fr")), run[0].start, run[-1].end)
    except ValueError:
        return


def _quantity(message: Folded, context: Context, number: Number) -> Iterator[Found]:
    rest = message.folded[number.end : number.end + 60]
    before = message.before(number.start)
    if money := _EUROS.match(rest):
        thousand = money.group(1) or money.group(2)
        yield _amount(number, number.end + money.end(), 1000 if thousand else 1)
    elif _AGE_AFTER.match(rest) and _is_age(message, context, number, before, rest):
        yield Found("age", int(number.value), number.start, number.end + len(" ans"))
    elif size := _SIZE.match(rest):
        if not _TO_TRAIN.match(rest[size.end() :]) or (_SIZE_ALL.search(before) and "former" not in rest):
            yield Found("company_size", int(number.value), number.start, number.end + size.end())
    elif found := _duration(message, context, number, before):
        yield found
    elif not rest.strip(" .,!?€") and not before.strip(" .,!"):
        yield from _bare(context, number)


def _bare(context: Context, number: Number) -> Iterator[Found]:
    asked = context.asked_field or ""
    if asked in _ASKED_AMOUNTS:
        yield _amount(number, number.end, 1)
    elif asked == "age" and _YOUNGEST <= number.value <= _OLDEST:
        yield Found("age", int(number.value), number.start, number.end)
    elif asked == "company_size":
        yield Found("company_size", int(number.value), number.start, number.end)
    elif asked in _ASKED_MONTHS:
        yield Found("duration", f"P{int(number.value)}Y", number.start, number.end, _ASKED_MONTHS[asked])


def _amount(number: Number, end: int, times: int) -> Found:
    value = number.value * times
    return Found("amount", int(value) if value.is_integer() else value, number.start, end)


def _is_age(message: Folded, context: Context, number: Number, before: str, rest: str) -> bool:
    if not _YOUNGEST <= number.value <= _OLDEST or context.asked_field in _ASKED_MONTHS:
        return False
    if context.asked_field == "age" or _AGE_BEFORE.search(before):
        return True
    alone = not before.strip(" -") or before.rstrip().endswith((",", ".", ";", "-", ":"))
    return alone and re.match(r"\s*ans\s*(?:[,.;:]|$)", rest) is not None


def _duration(message: Folded, context: Context, number: Number, before: str) -> Found | None:
    for unit, pattern in _UNITS:
        match = pattern.match(message.folded, number.end)
        if match is None:
            continue
        half = bool(match.group(1))
        value = _iso(number.value, unit, half=half)
        if value is None:
            return None
        if (re.search(r"\ba\s*$", before) and unit == "H") or re.search(r"\b(?:a|de) l'age de\s*$", before):
            return None
        return Found("duration", value, number.start, match.end(), _role(message, context, number.start, match.end()))
    return None


def _iso(value: float, unit: str, *, half: bool) -> str | None:
    if value > 9999:
        return None
    whole = int(value)
    if unit == "H":
        return f"PT{whole}H"
    if unit == "Y" and (half or value != whole):
        return f"P{whole}Y6M"
    return f"P{whole}{unit}"


def _role(message: Folded, context: Context, start: int, end: int) -> str:
    if context.asked_field in _ASKED_MONTHS:
        return _ASKED_MONTHS[context.asked_field]
    near = f"{message.before(start, 45)} | {message.after(end, 40)}"
    clause = re.split(r"[.;!?]", near.partition("|")[0])[-1] + re.split(r"[.;!?,]", near.partition("|")[2])[0]
    for role, pattern in _ROLES:
        if pattern.search(clause):
            return role
    return "other"


def _since(message: Folded, context: Context) -> Iterator[Found]:
    for match in _SINCE.finditer(message.folded):
        month = _MONTHS.index(match.group(1)) + 1 if match.group(1) else 1
        length = (context.today.year - int(match.group(2))) * 12 + context.today.month - month
        if match.group(1) is None:
            length -= length % 12
        if length > 0:
            years, rest = divmod(length, 12)
            value = "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
            yield Found(
                "duration", value, match.start(), match.end(), _role(message, context, match.start(), match.end())
            )


def _dates(message: Folded, context: Context) -> Iterator[Found]:
    for match in _NUMERIC.finditer(message.folded):
        if day := _valid(int(match.group(3)), int(match.group(2)), int(match.group(1))):
            yield Found("date", day.isoformat(), *match.span())
    for match in _DAY.finditer(message.folded):
        month = _MONTHS.index(match.group(2)) + 1
        year = int(match.group(3) or _next_year(context.today, month))
        if day := _valid(year, month, int(match.group(1))):
            yield Found("date", day.isoformat(), *match.span())
    for match in _MONTH.finditer(message.folded):
        month = _MONTHS.index(match.group(1)) + 1
        yield Found(
            "date", f"{match.group(2) or _next_year(context.today, month)}-{month:02}", match.start(1), match.end()
        )


def _next_year(today: date, month: int) -> int:
    return today.year if month >= today.month else today.year + 1


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
