"""The names of OPCO as people know them, and of agreements in few words."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from knowledge.search.words import fold

_OF = r"(?: (?:du|de la|de l'|des|de|d'|les|le|la|aux?))*"
_PREFIX = re.compile(
    r"^(?:convention|accord)s?(?: collecti\w+)?"
    r"(?: nationaux| nationale?s?| régionale| interrégionale| professionnels?| de travail| de branche| unifiée)*"
    r"(?: (?:concernant|relative?s?|applicable))?"
    rf"{_OF}\s*(?:personnels?(?: salariés?)?{_OF}\s*)?"
    r"(?:\d{1,2} \w+ \d{4} )?(?:sur le champ d'application)?"
    rf"{_OF}\s*",
    re.IGNORECASE,
)
_LONGEST = 90


def opco_name(written: str) -> str:
    """The usual name of an OPCO that the table writes by its official one; as written where there is no other."""
    return _usual().get(fold(written), written)


def opcos_named(text: str) -> tuple[str, ...]:
    """The usual names of the OPCO that a text names, in its order."""
    folded = fold(text)
    found = [(match.start(), name) for name, pattern in _patterns().items() if (match := pattern.search(folded))]
    return tuple(name for _, name in sorted(found))


def short_title(title: str) -> str:
    """An agreement in few words: «Convention collective nationale des hôtels, cafés, restaurants (HCR)» becomes
    «Hôtels, cafés, restaurants (HCR)»."""
    rest = _PREFIX.sub("", " ".join(title.split())) or title
    if len(rest) > _LONGEST:
        rest = f"{rest[:_LONGEST].rpartition(' ')[0].rstrip(' ,;:(')}…"
    return rest[:1].upper() + rest[1:]


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("opcos.yml").read_text("utf-8"))
    return table


@cache
def _usual() -> Mapping[str, str]:
    return {fold(entry["official"]): name for name, entry in _table().items() if "official" in entry}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<!\w)(?:{entry['named']})(?!\w)") for name, entry in _table().items()}
