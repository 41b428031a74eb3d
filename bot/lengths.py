"""How long: years of work and of experience, the length of a training, hours and points of an account."""

from bot.correcting import repeated
from bot.measures import hours, months
from bot.messages import Profile
from bot.spotting import points
from bot.state import State
from bot.turn import Heard

_ROLE_FIELD = {
    "seniority": "seniority_months",
    "company_seniority": "company_seniority_months",
    "experience": "experience_months",
}


def lengths_of(heard: Heard, sent: State, asked: str | None) -> Profile:
    """The facts that durations and points tell; `asked` is the field that was asked for."""
    return _durations(heard, sent, asked) | _points(heard, sent)


def _durations(heard: Heard, sent: State, asked: str | None) -> Profile:
    facts: Profile = {}
    wrong = repeated(heard, sent)
    corrected = (wrong[0] if wrong else _last_told(sent)) if heard.intent == "correct" else None
    roles = {one.role for one in heard.entities if one.entity == "duration"}
    if not wrong and roles & set(_ROLE_FIELD):
        # What is said to be of something else corrects nothing.
        corrected = None
    account = "cpf" in heard.values("topic")
    for entity in heard.entities:
        if entity.entity != "duration":
            continue
        if (account or asked == "cpf_hours") and (counted := hours(str(entity.value))):
            # Only the account of a public agent is counted in hours.
            return {"cpf_hours": counted}
        length = months(str(entity.value))
        if any(sent.profile[name] == length for name in wrong):
            continue
        field = _ROLE_FIELD.get(entity.role or "")
        if asked in _ROLE_FIELD.values() and entity.role in {None, "other", *_ROLE_FIELD}:
            field = asked
        if (field is None and entity.role in {None, "other"}) or (field and wrong):
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
    counted = hours(value)
    return {"training_hours": counted} if counted else {}


def _points(heard: Heard, sent: State) -> Profile:
    """Points are those of the account for hard work where it is, or just was, the subject."""
    about = heard.values("topic") or [sent.memory.topic]
    told = points(heard.text) if "cpf_c2p" in about else None
    return {} if told is None else {"c2p_points": told}
