"""Facts said in words that are no entity of a message."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from bot.folding import fold
from bot.messages import Profile
from bot.profile import FIELDS
from bot.wording import replies, say
from knowledge.search.words import content_words
from nlu.normalise import normalise

_BOOLEANS = (
    *("registered_france_travail", "unemployment_benefit", "minimum_income", "job_offer", "on_working_time"),
    *("has_driving_licence", "cfp_paid"),
)
# Told of a wish or a condition too: «m'embauche si j'ai le diplôme».
_TOLD_AS_SUPPOSED = frozenset({"job_offer"})
# What is told of who has this status only.
_OF_STATUS = {"activity": "self_employed", "public_branch": "public_agent"}
_SHORT = 7
_NUMBERS = ("mobility_km", "cpf_hours")


def spotted(text: str, asked: str | None, profile: Profile) -> Profile:
    """Facts of `text`; `asked` is the field that was asked for, whose short answers count."""
    folded = normalise(text).folded
    facts: Profile = {}
    plain = re.sub(_words()["supposed"], " ", folded)
    for field in _BOOLEANS:
        if answer := _first_said(_words()[field], folded if field in _TOLD_AS_SUPPOSED else plain):
            facts[field] = answer == "yes"
    facts.update(_numbers(folded, asked))
    for field, status in _OF_STATUS.items():
        of_them = asked == field or status in {profile.get("status"), facts.get("status")}
        if of_them and (kind := _first_said(_words()[field], folded)):
            facts[field] = kind
    if asked and asked not in facts and FIELDS[asked].type == "enum":
        facts.update(_named(folded, asked))
    # The situation, in the few words by which people answer when it is asked.
    answered = asked == "status" and asked not in facts and len(folded.split()) <= _SHORT
    if answered and (situation := _first_said(_words()["status_answers"], folded)):
        facts["status"] = situation
    return facts


def nothing_left(text: str) -> Profile:
    """The sums of the profile that a text says are nothing: an empty account, an employer who adds nothing."""
    folded = fold(text)
    return {field: 0 for field, pattern in _words()["nothing"].items() if re.search(pattern, folded)}


def says_registered(text: str) -> bool | None:
    """Whether somebody says that they are registered at France Travail, or not; None where nothing is said of it."""
    answer = _first_said(_words()["registered_france_travail"], normalise(text).folded)
    return answer == "yes" if answer else None


def _first_said(patterns: Mapping[str, str], folded: str) -> str | None:
    """The first of the named patterns that the text matches, by its name."""
    return next((name for name, pattern in patterns.items() if re.search(pattern, folded)), None)


def names_agreement(text: str) -> bool:
    """Whether somebody speaks of the collective agreement of their employer by its name."""
    return _says("names_agreement", text)


def speaks_of_own_company(text: str) -> bool:
    """Whether what is said is said of the person's own employer or company."""
    return _says("own_company", text)


def agreement_number(text: str, *, asked: bool) -> str | None:
    """The number of a collective agreement that a text gives; where it was `asked` for, a bare number is one."""
    folded = fold(text)
    found = re.search(_words()["agreement_number"], folded) or (asked and re.search(r"\b(\d{1,4})\b", folded))
    return next(number for number in found.groups() if number).lstrip("0") or None if found else None


def speaks_of_own_opco(text: str) -> bool:
    """Whether somebody tells, without a doubt, which OPCO their employer has."""
    return _says("own_opco", text) and not _says("in_doubt", text)


def keeps_job(text: str) -> bool:
    """Whether somebody means to stay in the job they do."""
    return _says("keeps_job", text)


def speaks_of_apprentice(text: str) -> bool:
    """Whether a message is about an apprentice or about apprenticeship."""
    return _says("speaks_of_apprentice", text)


def types_named(text: str) -> tuple[str, ...]:
    """The types of certifications that a message names, in its order."""
    folded = fold(text)
    kinds: Mapping[str, str] = _words()["certification_types"]
    found = ((re.search(pattern, folded), kind) for kind, pattern in kinds.items())
    return tuple(kind for match, kind in sorted((m.start(), k) for m, k in found if m))


def wished(text: str) -> str:
    """What a text wishes for, without what it does not want; empty where no word says anything of an aim."""
    positive = " ".join(re.sub(_words()["not_wanted"], " ", text, flags=re.IGNORECASE).split())
    nothing = set(_words()["says_nothing"])
    telling = (word for word in content_words(positive) if word not in nothing and not word.isdigit())
    return positive if any(telling) else ""


def wishes(text: str) -> list[tuple[int, int]]:
    """Where each wish that a text tells begins and ends: from «je voudrais» to the next pause or wish."""
    begins = re.compile(_words()["begins_a_wish"], re.IGNORECASE)
    pauses = re.finditer(rf"[,.;!?\n]|{begins.pattern}", text, re.IGNORECASE)
    starts = [0, *(found.start() for found in pauses), len(text)]
    return [(start, end) for start, end in pairwise(starts) if begins.match(text, start)]


def whole_wish(text: str) -> tuple[int, int] | None:
    """Where the first wish begins and its sentence ends; None where none is told."""
    first = next(iter(wishes(text)), None)
    if first is None:
        return None
    end = re.compile(r"[.;!?\n]|$").search(text, first[0])
    return first[0], end.start() if end else len(text)


def works_for_public(text: str) -> bool:
    """Whether somebody says they work for the State, a town or a public hospital."""
    return _says("works_for_public", re.sub(_words()["was"], " ", fold(text)))


def without_civility(text: str) -> str:
    """A name without what comes before it («M. Antoine», «moi c'est Lina»)."""
    return re.sub(_words()["before_a_name"], "", text, flags=re.IGNORECASE)


def speaks_for_another(text: str) -> bool:
    """Whether the training is for someone of the person's family."""
    return _says("for_another", text)


def speaks_for_oneself(text: str) -> bool:
    """Whether the training is for the person who writes."""
    return _says("for_oneself", text)


def works_for_employer(text: str) -> bool:
    """Whether somebody says they work in a firm that is not theirs."""
    return _says("works_for_employer", text)


def job_ended(text: str) -> bool:
    """Whether somebody says that their job is just over."""
    return _says("job_ended", text) and not _says("job_ended_before", text)


def review_told(text: str) -> bool | None:
    """Whether somebody made a review of skills in the last years; None where nothing is said of it."""
    answer = _first_said(_words()["bilan_in_last_5_years"], fold(text))
    return answer == "yes" if answer else None


def corrects(text: str) -> bool:
    """Whether a message begins by taking something back."""
    return _says("corrects", text)


def stands_alone(after: str) -> bool:
    """Whether a number, by what follows it, counts nothing that is named."""
    return re.match(_words()["stands_alone"], fold(after)) is not None


def points(text: str) -> int | None:
    """The number of points that a message tells, or None."""
    found = re.search(_words()["points"], fold(text))
    return int(found.group(1)) if found else None


def aims_at(text: str) -> bool:
    """Whether somebody tells what they aim at."""
    return _says("aims_at", text)


def tells_own_job(text: str) -> bool:
    """Whether somebody says that a job is, or was, their own."""
    return _says("own_job", text)


def likes(text: str) -> bool:
    """Whether somebody tells what they like to do."""
    return _says("likes", text)


def kind_of(text: str, topics: Iterable[object]) -> str | None:
    """The kind of training (`training_kind` of the profile) that a message speaks of, by its topics or its words."""
    kinds: Mapping[str, Any] = _words()["training_kinds"]
    by_topic = {str(topic): kind for kind, words in kinds.items() for topic in words["topics"]}
    for topic in topics:
        if str(topic) in by_topic:
            return by_topic[str(topic)]
    folded = fold(text)
    return next((kind for kind, words in kinds.items() if words["words"] and re.search(words["words"], folded)), None)


def home_words() -> Mapping[str, str]:
    """What stands before a place where the person lives, works, or where somebody or something else is."""
    words: Mapping[str, str] = _words()["places"]
    return words


def needs_words() -> Mapping[str, Any]:
    """The words by which employers tell their need."""
    words: Mapping[str, Any] = _words()["needs"]
    return words


def _says(words: str, text: str) -> bool:
    return re.search(_words()[words], fold(text)) is not None


def _named(folded: str, field: str) -> Profile:
    """The value whose label the answer holds."""
    for value in FIELDS[field].values:
        key = f"profile.values.{field}.{value}"
        if key in replies() and fold(say(key)) in folded:
            return {field: value}
    return {}


def _numbers(folded: str, asked: str | None) -> Profile:
    """Numbers told with their unit, and the bare number that answers the question about one."""
    found: Profile = {}
    for field in _NUMBERS:
        if match := re.search(_words()[field], folded):
            found[field] = int(match.group(1))
        elif asked == field and len(bare := re.findall(r"\d{1,4}", folded)) == 1:
            found[field] = int(bare[0])
    return found


@cache
def _words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return content
