"""What a message asks, or will not answer, beside what it is mainly about: words of `bot/wondering.yml`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.folding import fold

_ASKS = re.compile(
    r"\?|^(?:et |bon |ok |alors |sinon )*(?:quels?|quelles?|combien|comment|pourquoi|ou|qui|est-ce|c'est quoi)\b"
)

# What the interview and the plan ask for, but for the aim, without which there is nothing to look for.
NOT_ASKED = (
    *("status", "education_level", "location", "age", "current_job", "experience_months", "cpf_balance", "cpf_hours"),
    *("seniority_months", "company_seniority_months", "company_size", "contract_type", "employer_contribution"),
    *(
        "registered_france_travail",
        "unemployment_benefit",
        "job_offer",
        "activity",
        "monthly_gross_salary",
        "start_date",
    ),
)


def asks(what: str, text: str) -> bool:
    """Whether a text asks `what`, a key of `bot/wondering.yml`."""
    return re.search(_words()[what], fold(text)) is not None


def is_question(text: str) -> bool:
    """Whether a text has the form of a question."""
    return _ASKS.search(fold(text)) is not None


def tells_of_oneself(text: str) -> bool:
    """Whether somebody says what they themselves are."""
    return asks("oneself", text)


def will_not_say(text: str) -> tuple[str, ...]:
    """The profile fields that somebody says they will not tell; empty where they refuse nothing, or name nothing."""
    if asks("no_more_questions", text):
        return NOT_ASKED
    if not asks("silence", text):
        return ()
    folded = fold(text)
    return tuple(field for field, words in _words()["silenced"].items() if re.search(words, folded))


@cache
def _words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return content
