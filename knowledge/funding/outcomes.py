"""What judging a criterion gives."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Met:
    """It is so."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It is known not to be so. `opens_on`: the day on which time cures it."""

    reason: str
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be judged: `missing` names the facts that decide, `reason` says what hangs on them."""

    missing: tuple[str, ...]
    reason: str = ""


Outcome = Met | Failed | Unknown
MET = Met()
