"""Intents that a few words settle, surer than the classifier: an employer speaking, health, a notion asked about, what
is known of the person, what is paid while one learns."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_LEXICON = Path(__file__).parent / "lexicon" / "intent_rules.yml"
_ORDER = (
    "company_need",
    "ask_disability",
    "ask_info",
    "get_summary",
    "ask_outcomes",
    "ask_privacy",
    "ask_hub",
    "ask_capabilities",
    "validate_experience",
    "ask_price",
    "ask_funding",
    "ask_eligibility",
    "ask_steps",
    "explore_jobs",
    "find_training",
    "learn_basics",
)


def settled_intent(folded: str) -> str | None:
    """The intent that the folded text settles by itself, or None. An employer comes before health (contract, rules)."""
    patterns = _patterns()
    for intent in _ORDER:
        if not patterns[intent].search(folded):
            continue
        if intent == "ask_disability" and patterns["not_disability"].search(folded):
            continue
        return intent
    return None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    with _LEXICON.open(encoding="utf-8") as stream:
        read: dict[str, str] = yaml.safe_load(stream)
    return {name: re.compile("|".join(f"(?:{line})" for line in lines.splitlines())) for name, lines in read.items()}
