"""A key written twice in a YAML file hides what it said first."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("api", "bot", "connectors", "knowledge", "nlu", "tests")
FILES = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.yml"))]


class _Strict(yaml.CSafeLoader):
    """Refuses a key that is there already."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = {str(key) for key in keys if keys.count(key) > 1}
    assert not twice, ", ".join(sorted(twice))
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_key_is_written_twice(file: Path) -> None:
    with file.open(encoding="utf-8") as stream:
        yaml.load(stream, _Strict)  # noqa: S506 - a safe loader, made stricter
