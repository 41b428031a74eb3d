"""What else a message holds that speaks against the classifier's guess: a scheme that is named, a situation that is no
employer's, a question, a job, a refusal."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from nlu.understanding import Entity

_LEXICON = Path(__file__).parent / "lexicon" / "second_thoughts.yml"
# Places and services, of which one rightly asks where they are and when they are open.
_PLACES = frozenset({"hub_competences", "cnam", "fab_id", "france_travail", "mission_locale", "cap_emploi", "apec"})
_HELPS = frozenset({"aide_garde_enfants", "aide_mobilite"})
_NO_EMPLOYER = frozenset({"jobseeker", "student", "inactive", "employee", "public_agent", "self_employed"})
_QUESTIONS = frozenset({"ask_funding", "ask_eligibility", "ask_info", "ask_price", "ask_schedule", "ask_steps"})
_ASIDE = _QUESTIONS | {"get_summary", "ask_hub", "ask_capabilities", "find_training", "ask_outcomes"}
_PROJECTS = frozenset({"find_training", "change_career", "explore_jobs", "inform"})
_TELLING = frozenset({"inform", "change_career", "correct"})
_SOMEONE = frozenset({"talk_to_human", "book_appointment"})
_YES = frozenset({"affirm", "thank"})

Chances = Mapping[str, float]


def second_thought(folded: str, guess: str, entities: Sequence[Entity], chances: Chances) -> str | None:
    """The intent to prefer to the guess, or None where the guess stands."""
    topics = {str(one.value) for one in entities if one.entity == "topic"}
    if guess in _SOMEONE and _says("declines_someone", folded):
        return "deny"
    if guess == "company_need" and _is_no_employer(folded, entities):
        return _best(chances, without=guess)
    if guess == "start_business" and _is_in_business(entities) and not _says("opens_business", folded):
        return _best(chances, without=guess)
    if guess == "start_business" and _says("works_in", folded) and not _says("business", folded):
        return _best(chances, without=guess)
    if guess == "learn_basics" and not _says("basics", _writing_apart(folded)):
        return _best(chances, without=guess)
    if guess == "learn_basics" and _says("other_language", folded) and "francais" not in folded:
        return _best(chances, without=guess)
    if guess == "inform" and _tells(entities, "sector") and _says("wishes", folded):
        return "find_training" if _says("training", folded) else "explore_jobs"
    if guess in {"ask_hub", "out_of_scope"} and topics - _PLACES:
        return "ask_eligibility" if _says("is_it_open", folded) else "ask_info"
    if guess == "ask_privacy" and topics & _HELPS:
        return "ask_eligibility"
    if guess in {"complain", "insult", "cancel"} and _says("no_more_questions", folded):
        return "inform"
    if guess == "out_of_scope" and _says("which", folded):
        return "ask_eligibility"
    if guess in _PROJECTS and topics - _PLACES and _says("follow_up", folded) and not _tells_years(entities):
        return "ask_eligibility"
    if guess in _ASIDE and _says("off_subject", folded) and not _says("about_work", folded) and not topics:
        return "out_of_scope"
    if guess == "ask_outcomes" and topics - _PLACES and _says("does_it_pay", folded):
        return "ask_funding"
    if guess == "correct" and "?" in folded and not _says("correction", folded):
        best = _best(chances, without=guess)
        return best if best in _QUESTIONS else None
    if guess == "ask_disability" and not _says("health", folded) and not topics and not _tells(entities, "disability"):
        return _best(chances, without=guess)
    if guess == "review_skills" and _says("points", folded):
        return "ask_funding"
    if guess in _TELLING and _says("opens_business", folded):
        return "start_business"
    if guess == "validate_experience" and not _says("recognition", folded) and not _tells_years(entities):
        return _best(chances, without=guess)
    if guess == "validate_experience" and _says("passed_exam", folded) and not _says("experience", folded):
        return _best(chances, without=guess)
    return "inform" if guess in _YES and _names_aim(entities) else None


def _names_aim(entities: Sequence[Entity]) -> bool:
    return any(one.entity == "job" and one.role == "target" for one in entities)


def _is_no_employer(folded: str, entities: Sequence[Entity]) -> bool:
    """Whether someone out of a firm, or hired by one, speaks of themselves and of no staff."""
    own = any(one.entity == "status" and one.value in _NO_EMPLOYER for one in entities)
    return (own or _says("is_hired", folded)) and not _says("staff", folded)


def _writing_apart(folded: str) -> str:
    """The text without «I am writing to you», which is no wish to learn to write."""
    return _patterns()["writes_here"].sub(" ", folded)


def _is_in_business(entities: Sequence[Entity]) -> bool:
    return any(one.entity == "status" and one.value in {"self_employed", "employer"} for one in entities)


def _tells_years(entities: Sequence[Entity]) -> bool:
    return _tells(entities, "duration", "job")


def _tells(entities: Sequence[Entity], *kinds: str) -> bool:
    return any(one.entity in kinds for one in entities)


def _best(chances: Chances, *, without: str) -> str:
    return max((name for name in chances if name not in {without, "distress"}), key=chances.__getitem__)


def _says(words: str, folded: str) -> bool:
    return _patterns()[words].search(folded) is not None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    words: dict[str, str] = yaml.safe_load(_LEXICON.read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in words.items()}
