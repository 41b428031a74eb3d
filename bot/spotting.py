"""Facts said in words that are no entity of a message."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.folding import fold
from bot.messages import Profile
from bot.profile import FIELDS
from bot.wording import replies, say

_BOOLEANS = ("registered_france_travail", "unemployment_benefit")


def spotted(text: str, asked: str | None, profile: Profile) -> Profile:
    """Facts of `text`; `asked` is the field that was asked for, whose short answers count."""
    folded = fold(text)
    facts: Profile = {}
    for field in _BOOLEANS:
        for answer, pattern in _words()[field].items():
            if re.search(pattern, folded):
                facts[field] = answer == "yes"
                break
    if asked == "activity" or "self_employed" in {profile.get("status"), facts.get("status")}:
        for activity, pattern in _words()["activity"].items():
            if re.search(pattern, folded):
                facts["activity"] = activity
                break
    if asked and asked not in facts and FIELDS[asked].type == "enum":
        facts.update(_named(folded, asked))
    return facts


def asks_who_pays(text: str) -> bool:
    """Whether somebody asks who pays, in whatever message it is."""
    return re.search(_words()["asks_who_pays"], fold(text)) is not None


def _named(folded: str, field: str) -> Profile:
    """The value whose label the answer holds."""
    for value in FIELDS[field].values:
        key = f"profile.values.{field}.{value}"
        if key in replies() and fold(say(key)) in folded:
            return {field: value}
    return {}


@cache
def _words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))
    return content
