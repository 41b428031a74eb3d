"""What people of a team may do beside following the cases of their hubs, which all of them may."""

from typing import Literal

Role = Literal["counsellor", "manager", "regional", "administrator"]

ROLES: tuple[Role, ...] = ("counsellor", "manager", "regional", "administrator")
# A hub's manager edits its record and its accounts; the regional level reads the figures of its hubs.
STEERERS: frozenset[Role] = frozenset({"manager", "regional", "administrator"})
MANAGERS: frozenset[Role] = frozenset({"manager", "administrator"})
ADMINISTRATORS: frozenset[Role] = frozenset({"administrator"})


def role_of(stored: str) -> Role:
    """A stored role. Raises ValueError for a name that is none."""
    for role in ROLES:
        if role == stored:
            return role
    raise ValueError(stored)
