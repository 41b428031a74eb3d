"""Where a person lives, among the places that a message names."""

import pytest

from bot.home import home_of
from bot.state import State
from bot.turn import Heard

TOWNS = {"Sedan": "08409", "Reims": "51454", "Vittel": "88516", "Toul": "54528"}
KNOWN = State(profile={"location": "54395"})


def heard(text: str) -> Heard:
    found = [
        {"entity": "location", "value": code, "start": text.index(name), "end": text.index(name) + len(name)}
        for name, code in TOWNS.items()
        if name in text
    ]
    return Heard.model_validate({"text": text, "intent": "inform", "entities": found})


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("j'habite Sedan et je bosse à Reims", "Sedan"),
        ("l'école est à Reims, moi je vis à Vittel", "Vittel"),
        ("j'ai quitté Toul, j'ai déménagé à Sedan", "Sedan"),
        ("une dame de Reims cherche quelqu'un, je suis de Toul", "Toul"),
        ("Toul", "Toul"),
    ],
)
def test_the_home_is_told_from_the_other_places(text: str, home: str) -> None:
    assert home_of(heard(text), State(), None) == TOWNS[home]


def test_where_one_works_stands_for_the_home_until_it_is_known() -> None:
    assert home_of(heard("je travaille à Vittel"), State(), None) == TOWNS["Vittel"]
    assert home_of(heard("je travaille à Vittel"), KNOWN, None) is None


def test_where_a_training_takes_place_is_no_home() -> None:
    assert home_of(heard("la formation est à Reims"), State(), None) is None
