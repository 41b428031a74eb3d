"""The pages people see: shells rendered here, made live by small scripts without dependencies."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.profile import FIELDS
from bot.wording import replies, say

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def render(page: str, **values: object) -> str:
    """The HTML of a page (`chat`, `kiosk`, `resume`) with further values for its template; `hubs` are the towns of
    the hubs by id."""
    live = live_texts() | {"hubs": values.get("hubs", {})}
    return environment().get_template(f"{page}.html").render(t=texts()["page"], live=live, page=page, **values)


@cache
def texts() -> dict[str, Any]:
    """What the pages say, as nested dictionaries."""
    with (FOLDER / "texts.yml").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content


@cache
def live_texts() -> dict[str, Any]:
    """What the scripts of every page say. Names that the assistant uses too come from its own sentences."""
    live: dict[str, Any] = texts()["live"]
    return live | {"fields": _field_names(), "levels": _levels()}


def _field_names() -> dict[str, str]:
    """A name for every profile field, so that all that is known of a person can be shown to them."""
    return {field: say(f"profile.names.{field}") for field in FIELDS}


def _levels() -> dict[str, str]:
    keys = {str(level): f"profile.education_level.{level}" for level in range(3, 9)}
    return {level: say(key) for level, key in keys.items() if key in replies()}


@cache
def environment() -> Environment:
    """The templates of all pages."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The order of a list of choices is that of the texts.
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False}
    return environment
