"""What the fields of a fiche of France compétences hold, whatever the layout that it comes in."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from knowledge.records import AccessRoute, CertificationKind, Source

# Longer texts are cut: no official field comes near, and one record must not fill the memory.
LONGEST_TEXT = 20_000
ACCESS: dict[str, AccessRoute] = {
    "FI": "initial",
    "CA": "apprenticeship",
    "FC": "continuing",
    "CQ": "professionnalisation",
    "CL": "individual",
    "VAE": "vae",
}

_LONGEST_TITLE = 1_000
_CODE = re.compile(r"(RNCP|RS)[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """A field of the record does not hold what it should."""

    reason: str
    value: str


def kind_of(code: str) -> CertificationKind:
    """Of a number. Raises Unreadable."""
    if not _CODE.fullmatch(code):
        raise Unreadable("code", code)
    return "rncp" if code.startswith("RNCP") else "rs"


def checked_title(text: str) -> str:
    """A title on one line. Raises Unreadable."""
    title = " ".join(text.split())
    if not title:
        raise Unreadable("title", "")
    if len(title) > _LONGEST_TITLE:
        raise Unreadable("title_too_long", str(len(title)))
    return title


def short_type(label: str) -> str:
    """BTS for «Brevet de technicien supérieur»."""
    label = label.replace("’", "'")
    return _short_types().get(label, label)[:80]


def level_of(text: str) -> int | None:
    """5 for NIV5, None for an empty text. Raises Unreadable."""
    if not text:
        return None
    match = re.fullmatch(r"NIV([1-8])", text)
    if match is None:
        raise Unreadable("level", text)
    return int(match.group(1))


def day(text: str) -> date | None:
    """Of a date such as 31/08/2025, None for an empty text. Raises Unreadable."""
    if not text:
        return None
    try:
        return datetime.strptime(text[:10], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise Unreadable("date", text) from None


def source_of(code: str, kind: CertificationKind, checked_on: date) -> Source:
    """The public page of a fiche."""
    number = code.removeprefix(kind.upper())
    return Source(
        f"France compétences, {code}", f"https://www.francecompetences.fr/recherche/{kind}/{number}/", checked_on
    )


@cache
def _short_types() -> dict[str, str]:
    with (Path(__file__).parent / "diploma_types.yml").open(encoding="utf-8") as stream:
        return {str(label): str(short) for label, short in yaml.safe_load(stream).items()}
