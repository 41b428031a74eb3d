"""Where facts come from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and the day it was checked there."""

    title: str
    url: str
    checked_on: date
