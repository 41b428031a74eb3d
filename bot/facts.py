"""The facts of the profile that one understood message holds: one reader for each kind of fact."""

from collections.abc import Callable

from pydantic import JsonValue

from bot.amounts import amounts_of
from bot.correcting import bare_number
from bot.home import home_of
from bot.intents import FREE_ANSWERS, PROJECT_INTENTS
from bot.jobs_told import in_another_job, jobs_told
from bot.lengths import lengths_of
from bot.messages import Profile
from bot.profile import FIELDS
from bot.situation import situation_told
from bot.spotting import (
    agreement_number,
    aims_at,
    corrects,
    nothing_left,
    review_told,
    speaks_of_own_opco,
    spotted,
    without_civility,
)
from bot.state import State
from bot.turn import Heard
from bot.whose import for_whom, own
from bot.wondering import asks
from knowledge.agreements import opcos_named

_MAX_NAME_WORDS = 3
_ALONE = 3
# An answer of few words is about whom the question was about.
_ANSWER = 8
# Diplomas that nobody aims at without a speciality, with their level.
_BARE_DIPLOMAS = {"BAC": 4, "BAC PRO": 4, "BEP": 3, "CAP": 3, "LICENCE": 6, "MASTER": 7}


def facts_of(heard: Heard, sent: State, asked: str | None) -> Profile:
    """What the message says of the profile; `asked` is the field that was asked for. Values are not checked yet."""
    whom = for_whom(heard.text, sent)
    if asked is None or len(heard.text.split()) > _ANSWER:
        heard = own(heard, for_another=(whom or sent.text("beneficiary")) == "other")
    facts: Profile = {"beneficiary": whom} if whom else {}
    for reader in _READERS:
        facts.update(reader(heard, sent, asked))
    facts = _with_what_is_corrected(in_another_job(facts, sent), heard, sent)
    return {**spotted(heard.text, asked, {**sent.profile, **facts}), **facts, **nothing_left(heard.text)}


def _with_what_is_corrected(facts: Profile, heard: Heard, sent: State) -> Profile:
    """The facts, with the one that a correction gives by a number alone instead of its old value."""
    if heard.intent != "correct" and not corrects(heard.text):
        return facts
    told = bare_number(heard, sent)
    return facts | {name: value for name, value in told.items() if facts.get(name) in {None, sent.profile.get(name)}}


def _place(heard: Heard, sent: State, asked: str | None) -> Profile:
    home = home_of(heard, sent, asked)
    return {"location": home} if home else {}


def _certification(heard: Heard, sent: State, asked: str | None) -> Profile:
    wanted = heard.first("certification")
    told = heard.intent in PROJECT_INTENTS or asked in {"target_certification", "target_job"}
    if asks("failed", heard.text) and not aims_at(heard.text):
        return {}
    if wanted and _is_bare_diploma(heard, sent, wanted):
        return {"education_level": _BARE_DIPLOMAS[wanted]}
    if wanted and (told or aims_at(heard.text)):
        return {"target_certification": wanted}
    return {}


def _is_bare_diploma(heard: Heard, sent: State, wanted: str) -> bool:
    """Whether a diploma of no speciality, said alone, is the one held."""
    alone = len(heard.text.split()) <= _ALONE and not heard.values("sector") and "?" not in heard.text
    return wanted in _BARE_DIPLOMAS and alone and not sent.knows("education_level")


def _review(heard: Heard, sent: State, asked: str | None) -> Profile:
    """Whether a review of skills was made, where it is what is spoken of."""
    spoken_of = "bilan_competences" in heard.values("topic") or sent.memory.topic == "bilan_competences"
    told = review_told(heard.text) if spoken_of else None
    return {} if told is None else {"bilan_in_last_5_years": told}


def _modality(heard: Heard, sent: State, asked: str | None) -> Profile:
    said = [value for value in heard.values("modality") if isinstance(value, str)]
    if "apprentissage" in heard.values("topic") and heard.intent in PROJECT_INTENTS:
        said.append("apprenticeship")
    if not said:
        return {}
    kept = () if heard.intent == "correct" else sent.texts("modality")
    merged: list[JsonValue] = list(dict.fromkeys([*kept, *said]))
    return {"modality": merged}


def _lengths(heard: Heard, sent: State, asked: str | None) -> Profile:
    return lengths_of(heard, sent, asked)


def _amounts(heard: Heard, sent: State, asked: str | None) -> Profile:
    return amounts_of(heard, asked)


def _asked_answers(heard: Heard, sent: State, asked: str | None) -> Profile:
    if asked is None:
        return {}
    if FIELDS[asked].type == "bool" and heard.intent in {"affirm", "deny"}:
        # Of what is sensitive, «no» refuses that it be kept: nothing is.
        return {} if FIELDS[asked].sensitive and heard.intent == "deny" else {asked: heard.intent == "affirm"}
    if asked == "start_date" and (day := heard.first("date")):
        return {"start_date": day if len(day) == len("2027-01-15") else f"{day}-01"}
    if asked == "first_name":
        return _first_name(heard)
    return {}


def _branch(heard: Heard, sent: State, asked: str | None) -> Profile:
    """The collective agreement by its number, and the OPCO that is told without a doubt."""
    facts: Profile = {}
    if number := agreement_number(heard.text, asked=asked == "idcc"):
        facts["idcc"] = number
    named = opcos_named(heard.text)
    if len(named) == 1 and (asked == "opco" or speaks_of_own_opco(heard.text)):
        facts["opco"] = named[0]
    return facts


def _first_name(heard: Heard) -> Profile:
    said = heard.first("person_name")
    if said:
        return {"first_name": said}
    words = without_civility(heard.text).strip().rstrip(".!").split()
    bare = heard.intent in FREE_ANSWERS and 0 < len(words) <= _MAX_NAME_WORDS and all(w.isalpha() for w in words)
    return {"first_name": " ".join(word.capitalize() for word in words)} if bare else {}


_READERS: tuple[Callable[[Heard, State, str | None], Profile], ...] = (
    situation_told,
    _place,
    jobs_told,
    _certification,
    _review,
    _modality,
    _lengths,
    _amounts,
    _asked_answers,
    _branch,
)
