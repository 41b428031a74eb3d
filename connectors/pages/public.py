"""The public pages, rendered here as they are read: no script, no cookie."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from connectors.pages import texts as page_texts

FOLDER = Path(__file__).parent
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def render_public(page: str, **values: object) -> str:
    """The HTML of a page (`certification`, `job`, `offer`, `search`, `glossary`, `not_found`)."""
    return _environment().get_template(f"public/{page}.html").render(t=texts(), types=type_names(), **values)


@cache
def texts() -> dict[str, Any]:
    """What the public pages say, as nested dictionaries."""
    with (FOLDER / "public.yml").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content


def type_names() -> dict[str, str]:
    """What the short names of diplomas mean, as the chat says it."""
    names: dict[str, str] = page_texts()["live"]["types"]
    return names


def upper_first(text: str) -> str:
    """A capital first, the rest as it is: an acronym stays one."""
    return text[:1].upper() + text[1:]


def french_day(day: date) -> str:
    """1er mars 2027."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def json_ld(data: object) -> Markup:
    """Data for a script element: nothing in it can close the element or open another."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - escaped above


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "french_day": french_day,
        "json_ld": json_ld,
        "lines": str.splitlines,
        "upper_first": upper_first,
    }
    return environment
