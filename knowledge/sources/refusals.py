"""A record that is not taken, by name: the rest of its file is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where (file, record or line) and what was expected there, as a key of `api/texts/imports.yml` with its
    value."""

    file: str
    record: str
    reason: str
    value: str = ""
