"""The life of a case as a table: pure, whole, and the only place that says what may follow what."""

from collections.abc import Mapping
from typing import Literal, cast

from bot.turn import Owner
from knowledge.errors import HubError

Status = Literal["pending", "claimed", "returned", "closed", "expired"]
Transition = Literal["claim", "release", "return", "close", "withdraw", "transfer", "entrust", "expire", "reopen"]
# What the audit trail records: the transitions, the beginning, a reason that joins an open case, and that the person
# was told that it takes long.
Step = Literal["open", "join", "long_wait"] | Transition

# `transfer` puts a case in another hub's queue, `entrust` gives it to a colleague.
TRANSITIONS: Mapping[tuple[Status, Transition], Status] = {
    ("pending", "claim"): "claimed",
    ("pending", "withdraw"): "closed",
    ("pending", "close"): "closed",
    ("pending", "transfer"): "pending",
    ("pending", "entrust"): "claimed",
    ("pending", "expire"): "expired",
    ("claimed", "release"): "pending",
    ("claimed", "transfer"): "pending",
    ("claimed", "entrust"): "claimed",
    ("claimed", "return"): "returned",
    ("claimed", "close"): "closed",
    ("returned", "reopen"): "pending",
    ("closed", "reopen"): "pending",
    ("expired", "reopen"): "pending",
}
# Who has the conversation once its case is in this state.
OWNERS: Mapping[Status, Owner] = {
    "pending": "waiting",
    "claimed": "counsellor",
    "returned": "bot",
    "closed": "closed",
    "expired": "bot",
}
# A conversation has one case in these states at most.
OPEN: tuple[Status, ...] = ("pending", "claimed")


class IllegalTransition(HubError):
    """The case is not in a state from which this can be done."""

    code = "illegal_transition"
    status = 409


def after(status: Status, transition: Transition) -> Status:
    """The state after `transition`. Raises IllegalTransition."""
    found = TRANSITIONS.get((status, transition))
    if found is None:
        raise IllegalTransition
    return found


def sources(transition: Transition) -> tuple[Status, ...]:
    """The states from which `transition` leaves."""
    return tuple(status for status, by in TRANSITIONS if by == transition)


def target(transition: Transition) -> Status:
    """The state that `transition` leads to, whatever it leaves."""
    return next(end for (_, by), end in TRANSITIONS.items() if by == transition)


def owner_after(transition: Transition) -> Owner:
    """Who has the conversation after `transition`: who withdraws goes on with the assistant."""
    return "bot" if transition == "withdraw" else OWNERS[target(transition)]


def status_of(stored: str) -> Status:
    """A stored state: the column holds nothing else."""
    return cast("Status", stored)
