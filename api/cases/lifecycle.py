"""The life of a case as a table: pure, whole, and the only place that says what may follow what."""

from collections.abc import Mapping
from typing import Literal

from bot.turn import Owner
from knowledge.errors import HubError

Status = Literal["pending", "claimed", "returned", "closed", "expired"]
Transition = Literal["claim", "release", "return", "close", "withdraw", "transfer", "entrust", "expire"]

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
}
# Who has the conversation once its case is in this state.
OWNERS: Mapping[Status, Owner] = {
    "pending": "waiting",
    "claimed": "counsellor",
    "returned": "bot",
    "closed": "closed",
    "expired": "bot",
}


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
