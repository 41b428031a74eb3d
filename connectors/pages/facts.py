"""The facts that a page can offer to correct, with what each may hold."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.profile import FIELDS, value_label
from bot.wording import say

# A town, a job and a certification are searched for, in lists of thousands.
_KINDS: Mapping[str, str] = {
    "enum": "choice",
    "bool": "choice",
    "int": "number",
    "eur": "number",
    "date": "date",
    "str": "text",
    "email": "email",
    "insee": "town",
    "rome": "job",
    "code": "certification",
}


@cache
def correctable_facts() -> dict[str, Any]:
    """By field: its `kind` (choice, number, date, text, email, town, job, certification), and for a choice its
    `values` with their labels."""
    return {name: _fact(name) for name, field in FIELDS.items() if field.type in _KINDS}


def _fact(name: str) -> dict[str, Any]:
    field = FIELDS[name]
    if field.type == "bool":
        return {"kind": "choice", "values": {"true": say("profile.yes"), "false": say("profile.no")}}
    if field.type == "enum":
        return {"kind": "choice", "values": {value: value_label(name, value) for value in field.values}}
    return {"kind": _KINDS[field.type]}
