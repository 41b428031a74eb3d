"""The life of a case, as a table."""

from typing import get_args

import pytest

from api.cases.lifecycle import (
    OWNERS,
    TRANSITIONS,
    IllegalTransition,
    Status,
    Transition,
    after,
    owner_after,
    sources,
    target,
)

STATUSES: tuple[Status, ...] = get_args(Status)
MOVES: tuple[Transition, ...] = get_args(Transition)
ALLOWED = {
    ("pending", "claim", "claimed"),
    ("pending", "withdraw", "closed"),
    ("pending", "close", "closed"),
    ("pending", "transfer", "pending"),
    ("pending", "entrust", "claimed"),
    ("pending", "expire", "expired"),
    ("claimed", "release", "pending"),
    ("claimed", "transfer", "pending"),
    ("claimed", "entrust", "claimed"),
    ("claimed", "return", "returned"),
    ("claimed", "close", "closed"),
    ("returned", "reopen", "pending"),
    ("closed", "reopen", "pending"),
    ("expired", "reopen", "pending"),
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("move", MOVES)
def test_what_may_follow_what(status: Status, move: Transition) -> None:
    expected = {end for start, by, end in ALLOWED if (start, by) == (status, move)}
    if expected:
        assert {after(status, move)} == expected
    else:
        with pytest.raises(IllegalTransition):
            after(status, move)


def test_what_ended_is_only_reopened() -> None:
    ended = {"returned", "closed", "expired"}
    assert {(start, by) for start, by in TRANSITIONS if start in ended} == {(status, "reopen") for status in ended}


@pytest.mark.parametrize("move", MOVES)
def test_a_transition_leads_to_one_state_whatever_it_leaves(move: Transition) -> None:
    assert {start for start, by, _ in ALLOWED if by == move} == set(sources(move))
    assert {end for _, by, end in ALLOWED if by == move} == {target(move)}


@pytest.mark.parametrize("move", MOVES)
def test_whoever_withdraws_goes_on_with_the_assistant(move: Transition) -> None:
    assert owner_after(move) == ("bot" if move == "withdraw" else OWNERS[target(move)])


def test_the_counsellor_has_the_conversation_only_while_the_case_is_claimed() -> None:
    assert set(OWNERS) == set(STATUSES)
    assert [status for status, owner in OWNERS.items() if owner == "counsellor"] == ["claimed"]
    assert OWNERS["pending"] == "waiting"
