"""How long: years of work and of experience, the length of a training, hours and points of an account."""

import re

from bot.messages import Profile
from bot.spotting import points
from bot.state import State
from bot.turn import Heard

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?)?")
_ROLE_FIELD = {
    "seniority": "seniority_months",
    "company_seniority": "company_seniority_months",
    "experience": "experience_months",
}


def months(duration: str) -> int | None:
    """An ISO 8601 duration in whole months (weeks and days as part of a month), or None when it is not one or counts
    hours."""
    match = _DURATION.fullmatch(duration)
    if match is None or not any(match.groups()[:4]):
        return None
    years, month, weeks, days = (int(part or 0) for part in match.groups()[:4])
    return 12 * years + month + (7 * weeks + days) // 30


def lengths_of(heard: Heard, sent: State, asked: str | None) -> Profile:
    """The facts that durations and points tell; `asked` is the field that was asked for."""
    return _durations(heard, sent, asked) | _points(heard, sent)


def _durations(heard: Heard, sent: State, asked: str | None) -> Profile:
    facts: Profile = {}
    corrected = _last_told(sent) if heard.intent == "correct" else None
    account = "cpf" in heard.values("topic")
    for entity in heard.entities:
        if entity.entity != "duration":
            continue
        if (account or asked == "cpf_hours") and (hours := _hours(str(entity.value))):
            # Only the account of a public agent is counted in hours.
            return {"cpf_hours": hours}
        length = months(str(entity.value))
        field = _ROLE_FIELD.get(entity.role or "")
        if asked in _ROLE_FIELD.values() and entity.role in {None, "other", *_ROLE_FIELD}:
            field = asked
        if field is None and entity.role in {None, "other"}:
            field = corrected
        if field and length is not None:
            facts[field] = length
        elif entity.role == "training":
            facts.update(_training_length(str(entity.value), length))
    return facts


def _last_told(sent: State) -> str | None:
    """The length of work that was told last, which a correction is about."""
    told = {name: max(sent.evidence[name]) for name in _ROLE_FIELD.values() if sent.evidence.get(name)}
    return max(told, key=told.__getitem__) if told else None


def _training_length(value: str, length: int | None) -> Profile:
    if length is not None:
        return {"training_months": length}
    hours = _hours(value)
    return {"training_hours": hours} if hours else {}


def _hours(duration: str) -> int | None:
    match = _DURATION.fullmatch(duration)
    return int(match.group(5)) if match and match.group(5) else None


def _points(heard: Heard, sent: State) -> Profile:
    """Points are those of the account for hard work where it is, or just was, the subject."""
    about = heard.values("topic") or [sent.memory.topic]
    told = points(heard.text) if "cpf_c2p" in about else None
    return {} if told is None else {"c2p_points": told}
