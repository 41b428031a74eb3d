"""What facts say of one another, once all are found."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.entities.clauses import is_said_instead
from nlu.entities.found import Found
from nlu.entities.text import Folded

_WORKED = re.compile(r"\b(?:depuis|pendant|durant)\s(?:plus de |pres de |environ )?$")
_YEARS_AS = re.compile(r"\b(?:ans?|annees?|mois)\s(?:d'exp\w*\s)?(?:comme|en tant qu[e' ]+)\s?(?:une? )?$")
_NOW = frozenset({"jobseeker", "inactive", "student", "self_employed"})


def relate(message: Folded, found: Sequence[Found]) -> list[Found]:
    """`found` with the roles that only appear from several facts together.

    «coiffeuse à Sedan depuis 12 ans» is experience as a hairdresser; in «3 ans comme vendeuse, maintenant au chômage»
    the job is past. What is taken back in the same breath is left out: «900… euh non 1900».
    """
    said = [one for one in found if not _is_taken_back(message, one, found)]
    return [_job(message, _duration(message, one, said), said) for one in said]


def _is_taken_back(message: Folded, one: Found, found: Sequence[Found]) -> bool:
    return any(
        other.entity == one.entity and is_said_instead(message, one.end, other.start)
        for other in found
        if other.start >= one.end
    )


def _duration(message: Folded, one: Found, found: Sequence[Found]) -> Found:
    if one.entity != "duration" or one.role != "other" or not _WORKED.search(message.before(one.start)):
        return one
    jobs = [f for f in found if f.entity == "job" and f.role in {"current", "past"} and f.end <= one.start]
    if jobs and not re.search(r"[.;!?]|\bje\b|\bj'", message.folded[jobs[-1].end : one.start]):
        return replace(one, role="experience")
    return one


def _job(message: Folded, one: Found, found: Sequence[Found]) -> Found:
    if one.entity != "job" or one.role != "current" or not _YEARS_AS.search(message.before(one.start)):
        return one
    elsewhere = any(
        (f.entity == "status" and f.value in _NOW)
        or (f.entity == "job" and f.role == "current" and f.start != one.start)
        for f in found
    )
    return replace(one, role="past") if elsewhere else one
