"""A record that is not taken, by name: the rest of its file is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where (file, record or line) and what was expected there: a key of `reasons` in `api/texts/imports.yml`, with its value.

    `noted` remarks are told in the same way, but the record they are about is kept.
    """

    file: str
    record: str
    reason: str
    value: str = ""
    noted: bool = False
