"""Figures for the operator: how many turns, how long they take. No label holds anything about a person."""

from prometheus_client import Counter, Histogram
from prometheus_client.context_managers import Timer

TURNS = Counter("hub_turns", "Messages of people, by who has the conversation", ["owner"])
DIALOGUE_FAILURES = Counter("hub_dialogue_failures", "Turns that the dialogue engine did not answer")
CASE_STEPS = Counter("hub_case_steps", "What happened to cases, by step of their life", ["step"])
_DURATION = Histogram(
    "hub_turn_seconds", "Time to answer a message", buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15)
)


def timed_turn() -> Timer:
    """A context that measures one turn."""
    return _DURATION.time()
