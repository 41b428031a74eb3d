"""French sentences kept in YAML files, read by key."""

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml


class Texts:
    """The sentences of one YAML file, or of all the YAML files of a folder (the file's name is then the first part of
    the key).

    >>> Texts({"greeting": {"short": "Bonjour {name}"}}).get("greeting.short", name="Ana")
    'Bonjour Ana'
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries: dict[str, Any] = dict(_flatten(entries))

    @classmethod
    def load(cls, path: Path) -> "Texts":
        """Read `path`. Raises OSError or yaml.YAMLError when it cannot be read."""
        if path.is_dir():
            return cls({file.stem: _read(file) for file in sorted(path.glob("*.yml"))})
        return cls(_read(path))

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def get(self, key: str, **params: object) -> str:
        """The sentence of `key` with `params` filled in. Raises KeyError for an unknown key or a missing parameter."""
        return string.Formatter().vformat(str(self._entries[key]).strip(), (), params)

    def lines(self, key: str) -> tuple[str, ...]:
        """The list of sentences of `key`. Raises KeyError for an unknown key."""
        value = self._entries[key]
        return tuple(str(item).strip() for item in value) if isinstance(value, list) else (str(value).strip(),)


def _read(file: Path) -> Any:
    with file.open(encoding="utf-8") as stream:
        return yaml.safe_load(stream) or {}


def _flatten(entries: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in entries.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{name}.")
        else:
            yield name, value
