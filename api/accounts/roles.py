"""What people of a team may do beside following the cases of their hubs, which all of them may."""

from collections.abc import Iterable
from typing import Literal

Role = Literal["counsellor", "manager", "regional", "administrator"]

# Lowest first: nobody gives a role above their own.
ROLES: tuple[Role, ...] = ("counsellor", "manager", "regional", "administrator")
# A hub's manager edits its record and its accounts; the regional level reads the figures of its hubs.
STEERERS: frozenset[Role] = frozenset({"manager", "regional", "administrator"})
MANAGERS: frozenset[Role] = frozenset({"manager", "administrator"})
REGIONALS: frozenset[Role] = frozenset({"regional", "administrator"})
ALL_HUBS = "*"
ADMINISTRATORS: frozenset[Role] = frozenset({"administrator"})


def role_of(stored: str) -> Role:
    """A stored role. Raises ValueError for a name that is none."""
    for role in ROLES:
        if role == stored:
            return role
    raise ValueError(stored)


def covers(hubs: Iterable[str], others: Iterable[str]) -> bool:
    """Whether all of `others` are among `hubs`; `*` covers every hub, and only `*` covers `*`."""
    mine = set(hubs)
    return ALL_HUBS in mine or set(others) <= mine


def shares(hubs: Iterable[str], others: Iterable[str]) -> bool:
    """Whether both see the cases of a same hub."""
    mine, theirs = set(hubs), set(others)
    return bool(mine & theirs) or (ALL_HUBS in mine | theirs and bool(mine) and bool(theirs))


def may_manage(role: Role, hubs: Iterable[str], other_role: Role, other_hubs: Iterable[str]) -> bool:
    """Whether a manager may give or change an account of that role and those hubs: within their own hubs, and never
    above their own role."""
    return role in MANAGERS and ROLES.index(other_role) <= ROLES.index(role) and covers(hubs, other_hubs)
