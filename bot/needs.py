"""What an employer needs: how many people, for when, and whether to train them or to hire them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.folding import fold
from bot.measures import months
from bot.messages import Profile
from bot.spotting import needs_words
from bot.state import State
from bot.turn import Heard, TurnMetadata
from nlu.entities.numbers import Number, numbers
from nlu.entities.text import Folded

# The question that asks for both at once, by the field of the contract nearest to it.
ASKED_AS = "start_date"
FACTS = ("people_count", "needed_by")
NOW = "now"
_SHORT_ANSWER = 6
_MOST_PEOPLE = 10_000
_DAYS_OF_MONTH = 31


def speaks_for_company(state: State) -> bool:
    """Whether the person speaks as an employer."""
    return state.text("status") == "employer" or (state.text("project") == "company_need" and not state.knows("status"))


def is_told(profile: Mapping[str, object]) -> bool:
    """Whether both how many and for when are known."""
    return all(profile.get(name) is not None for name in FACTS)


def wording(state: State, field: str) -> str | None:
    """The words of the question that asks for what is missing of the two; None for another question."""
    if field != ASKED_AS or not speaks_for_company(state):
        return None
    missing = [name for name in FACTS if not state.knows(name)]
    return "need_both" if len(missing) > 1 else "need_people" if missing == ["people_count"] else "need_when"


def needs_of(heard: Heard, state: State, metadata: TurnMetadata) -> Profile:
    """How many people and by when, as this message of an employer says; values are not checked yet."""
    if not speaks_for_company(state):
        return {}
    asked = metadata.asked_field == ASKED_AS
    facts: Profile = {}
    if count := _people(heard, asked=asked):
        facts["people_count"] = count
    if when := _when(heard, metadata.today):
        facts["needed_by"] = when
    return facts


def kinds_of_need(text: str) -> tuple[str, ...]:
    """`train`, `hire`, both, or none, as a message tells."""
    folded = fold(text)
    return tuple(kind for kind in ("train", "hire") if re.search(needs_words()[kind], folded))


def _people(heard: Heard, *, asked: bool) -> int | None:
    message = Folded.of(heard.text)
    found = [number for number in numbers(message) if _counts_people(heard, message, number)]
    if found:
        return int(found[0].value)
    folded = message.folded
    if re.search(needs_words()["one_person"], folded):
        return 1
    left = [number for number in numbers(message) if not _is_something_else(heard, message, number)]
    if asked and len(left) == 1 and len(message.tokens) <= _SHORT_ANSWER and left[0].value <= _MOST_PEOPLE:
        return int(left[0].value)
    return None


def _counts_people(heard: Heard, message: Folded, number: Number) -> bool:
    if not 0 < number.value <= _MOST_PEOPLE or _is_something_else(heard, message, number):
        return False
    words, after = needs_words(), message.folded[number.end :]
    before = message.folded[max(0, number.start - 40) : number.start]
    if re.match(words["to_be_trained"], after):
        return True
    wanted = re.search(words["wanted_before"], before) is not None
    return wanted and (re.match(words["people"], after) is not None or _is_job_next(heard, message, number))


def _is_job_next(heard: Heard, message: Folded, number: Number) -> bool:
    """Whether a job stands just after the number: «trois soudeurs»."""
    jobs = [fold(heard.text[one.start : one.end]) for one in heard.entities if one.entity == "job"]
    rest = message.folded[number.end :].lstrip()
    return any(job and rest.startswith(job[: len(job) - 1]) for job in jobs)


def _is_something_else(heard: Heard, message: Folded, number: Number) -> bool:
    """Whether the number belongs to a size, a date, a duration, an amount or a phone number."""
    written = message.folded[number.start : number.end]
    others = (one for one in heard.entities if one.entity in _OTHERS)
    if any(re.search(rf"(?<!\w){re.escape(written)}(?!\w)", fold(heard.text[one.start : one.end])) for one in others):
        return not re.match(needs_words()["to_be_trained"], message.folded[number.end :])
    return re.match(needs_words()["unit"], message.folded[number.end :]) is not None


def _when(heard: Heard, today: date) -> str | None:
    folded = fold(heard.text)
    dates = [str(value) for value in heard.values("date")]
    if dates:
        return dates[0]
    return next(_spans(heard, folded, today), None) or _season(folded, today)


def _spans(heard: Heard, folded: str, today: date) -> Iterator[str]:
    """«dans trois mois», «sous six semaines», as the month it falls in."""
    for one in heard.entities:
        before = fold(heard.text[max(0, one.start - 12) : one.start + 1])
        if one.entity != "duration" or not re.search(needs_words()["within"], f"{before} "):
            continue
        length, weeks = months(str(one.value)), re.fullmatch(r"P(\d+)W", str(one.value))
        if weeks:
            yield (today + timedelta(weeks=int(weeks[1]))).isoformat()[:7]
        elif length:
            yield (today.replace(day=1) + timedelta(days=_DAYS_OF_MONTH * length)).isoformat()[:7]
    if re.search(needs_words()["now"], folded):
        yield NOW


def _season(folded: str, today: date) -> str | None:
    """The next spring, summer, autumn or winter, school year or end of year that is named."""
    for value, (pattern, first) in needs_words()["seasons"].items():
        if re.search(pattern, folded):
            year = today.year if first > today.month else today.year + 1
            return f"{year}-{value}"
    return None


_OTHERS = frozenset({"company_size", "date", "duration", "amount", "phone", "age", "education_level"})
