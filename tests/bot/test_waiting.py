"""The ways out of a long wait."""

from datetime import date

import pytest

from bot.messages import OpenHandover
from bot.opening_hours import week
from bot.passing_on import hand_over
from bot.state import Memory, State
from bot.turn import BotServices, Heard, Turn, TurnMetadata
from bot.waiting import long_wait
from knowledge.hubs.record import HubRecord


def touched(way: str, services: BotServices, **memory: object) -> tuple[str, State]:
    (choice,) = [choice for choice in long_wait(["asked"], None).choices if choice.id == way]
    metadata = TurnMetadata(
        conversation="c", seq=9, channel="web", owner="waiting", today=date(2026, 11, 23), choice=choice.meaning
    )
    heard = Heard(text=choice.label, intent=choice.meaning.intent)
    (said,), state = hand_over(Turn(metadata, heard, State(memory=Memory.model_validate(memory)), services))
    assert isinstance(said, OpenHandover)
    return said.text, state


def test_who_wants_to_be_called_back_is_asked_for_a_number_even_if_they_refused_before(services: BotServices) -> None:
    memory = {"contact_done": True, "refused": ("phone", "age"), "asked": {"phone": 2, "age": 1}}
    text, state = touched("call_back", services, **memory)
    assert "rappellera" in text
    assert not state.memory.contact_done
    assert (state.memory.refused, state.memory.asked) == (("age",), {"age": 1})


@pytest.mark.parametrize(("way", "word"), [("wait", "reste"), ("appointment", "rendez-vous")])
def test_the_other_ways_are_answered_and_ask_nothing(way: str, word: str, services: BotServices) -> None:
    text, state = touched(way, services, contact_done=True)
    assert word in text
    assert state.memory.contact_done


def test_a_child_is_not_asked_for_contact_details() -> None:
    assert {choice.id for choice in long_wait(["minor"], 14).choices} == {"wait", "go_on"}


def test_a_week_in_words() -> None:
    days = ("monday", "tuesday", "wednesday", "saturday")
    hours = [
        {"day": day, "start": start, "end": end}
        for day in days
        for start, end in (("09:00", "12:00"), ("13:30", "17:00"))
    ]
    assert week(HubRecord.model_validate({"hours": hours})) == (
        "du lundi au mercredi de 9 h à 12 h et de 13 h 30 à 17 h",
        "samedi de 9 h à 12 h et de 13 h 30 à 17 h",
    )
