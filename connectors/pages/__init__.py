"""The pages people see: shells rendered here, made live by small scripts without dependencies."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@cache
def texts() -> dict[str, Any]:
    """What the pages say, as nested dictionaries."""
    with (FOLDER / "texts.yml").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content


@cache
def render(page: str, **values: object) -> str:
    """The HTML of a page (`chat`, `kiosk`, `console`) with further values for its template."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{page}.html").render(t=texts()["page"], page=page, **values)
