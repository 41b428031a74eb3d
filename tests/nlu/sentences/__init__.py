"""Sentences of the tests, in YAML."""

from pathlib import Path
from typing import Any

import yaml


def sentences(name: str) -> Any:
    """The content of `<name>.yml`."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text("utf-8"))
