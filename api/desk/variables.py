"""The variables of a reply kept ready: `{prenom}`, `{hub}`, `{conseiller}`."""

import re
from collections.abc import Mapping

from knowledge.errors import InvalidInput

VARIABLES = ("prenom", "hub", "conseiller")
_VARIABLE = re.compile(r"( ?)\{([^{}]*)\}")


class UnknownVariable(InvalidInput):
    """A reply has a variable that is none; `variable` is its name."""

    code = "unknown_variable"


def check_variables(text: str) -> None:
    """Raises UnknownVariable for braces that hold anything else than a variable."""
    for _, name in _VARIABLE.findall(text):
        if name not in VARIABLES:
            raise UnknownVariable(field="text", variable=name)


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """The reply with its variables filled in; one that is not known goes, with the space before it.

    >>> fill("Bonjour {prenom}, ici {conseiller}.", {"prenom": None, "conseiller": "Claire"})
    'Bonjour, ici Claire.'
    """

    def said(found: re.Match[str]) -> str:
        space, name = found.groups()
        if name not in VARIABLES:
            return found.group()
        value = values.get(name)
        return f"{space}{value}" if value else ""

    return _VARIABLE.sub(said, text)
