"""What is understood of when and how an appointment would suit someone. Today is Monday, 23 November 2026."""

from datetime import date

import pytest

from bot.messages import OpenHandover
from bot.passing_on import hand_over
from bot.state import State
from tests.bot.conftest import MakeTurn

TUESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 26)


def asked(turn: MakeTurn, text: str, *days: date, age: int | None = None) -> OpenHandover:
    found = [("date", day.isoformat()) for day in days]
    state = State(profile={"age": age} if age else {})
    (opened,), _ = hand_over(turn("book_appointment", *found, text=text, state=state))
    assert isinstance(opened, OpenHandover)
    return opened


@pytest.mark.parametrize(
    ("text", "days", "mode", "slots"),
    [
        ("je voudrais un rendez-vous mardi matin", [TUESDAY], "onsite", [(TUESDAY, "morning")]),
        ("un rdv par téléphone demain à 14h", [TUESDAY], "phone", [(TUESDAY, "afternoon")]),
        ("rdv mardi en visio", [TUESDAY], "video", [(TUESDAY, "morning"), (TUESDAY, "afternoon")]),
        (
            "vous pouvez me rappeler mardi ou jeudi après-midi ?",
            [TUESDAY, THURSDAY],
            "phone",
            [(TUESDAY, "afternoon"), (THURSDAY, "afternoon")],
        ),
        ("rdv à 9h mardi", [TUESDAY], "onsite", [(TUESDAY, "morning")]),
        ("je voudrais un rendez-vous", [], "onsite", []),
        ("rdv le 2 novembre", [date(2026, 11, 2)], "onsite", []),
    ],
)
def test_the_days_and_the_way_that_suit(
    turn: MakeTurn, text: str, days: list[date], mode: str, slots: list[tuple[date, str]]
) -> None:
    appointment = asked(turn, text, *days).appointment
    assert appointment is not None
    assert appointment.mode == mode
    assert [(slot.day, slot.part) for slot in appointment.slots] == slots


def test_the_days_are_said_back(turn: MakeTurn) -> None:
    assert asked(turn, "rdv mardi matin", TUESDAY).text.endswith("Jour noté : mardi 24 novembre le matin.")
    both = asked(turn, "rdv mardi ou jeudi", TUESDAY, THURSDAY).text
    assert both.endswith("Jour noté : mardi 24 novembre ou jeudi 26 novembre.")
    assert asked(turn, "un rendez-vous").text.endswith("Ils vous proposeront une date.")


def test_a_month_is_no_day(turn: MakeTurn) -> None:
    (opened,), _ = hand_over(turn("book_appointment", ("date", "2027-01"), text="un rdv en janvier"))
    assert isinstance(opened, OpenHandover)
    assert opened.appointment is not None
    assert opened.appointment.slots == ()


def test_a_child_comes_to_the_hub(turn: MakeTurn) -> None:
    appointment = asked(turn, "rdv par téléphone", age=14).appointment
    assert appointment is not None
    assert appointment.mode == "onsite"


def test_who_asks_for_a_person_asks_for_no_appointment(turn: MakeTurn) -> None:
    (opened,), _ = hand_over(turn("talk_to_human", ("date", "2026-11-24"), text="quelqu'un mardi"))
    assert isinstance(opened, OpenHandover)
    assert opened.appointment is None
