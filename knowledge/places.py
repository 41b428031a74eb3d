"""Regions and departments of France by their INSEE codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from knowledge.starter import FOLDER


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its code (08, 2A, 971), its name, the code of its region."""

    code: str
    name: str
    region: str


@cache
def regions() -> Mapping[str, str]:
    """The name of each region by its code."""
    return {str(code): str(name) for code, name in _places()["regions"].items()}


@cache
def departments() -> Mapping[str, Department]:
    """Each department by its code."""
    found = _places()["departments"].items()
    return {str(code): Department(str(code), str(d["name"]), str(d["region"])) for code, d in found}


@cache
def _places() -> dict[str, dict[str, dict[str, str]]]:
    with (FOLDER / "regions.yml").open(encoding="utf-8") as stream:
        content: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(stream)
    return content
