"""Whose facts a message tells: a relative's, or those of who writes for someone else, are not the person's."""

import pytest

from bot.state import State
from bot.turn import Heard
from bot.whose import for_whom, own


def heard(text: str, *words: str) -> Heard:
    """A message in which these words are ages."""
    found = [{"entity": "age", "value": 1, "start": text.index(w), "end": text.index(w) + len(w)} for w in words]
    return Heard.model_validate({"text": text, "intent": "inform", "entities": found})


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("mon mari a 51 ans, moi 48 ans", ("51 ans", "48 ans"), ["48 ans"]),
        ("j'ai une fille de 19 ans et j'ai 45 ans", ("19 ans", "45 ans"), ["45 ans"]),
        ("j'ai 33 ans et mon frère 30 ans", ("33 ans",), ["33 ans"]),
    ],
)
def test_what_a_relative_is_or_has_is_not_of_the_person(text: str, words: tuple[str, ...], kept: list[str]) -> None:
    left = own(heard(text, *words), for_another=False)
    assert [text[one.start : one.end] for one in left.entities] == kept


def test_who_writes_for_someone_else_tells_facts_of_that_one() -> None:
    text = "il a 24 ans, moi je suis retraitée et j'ai 68 ans"
    left = own(heard(text, "24 ans", "68 ans"), for_another=True)
    assert [text[one.start : one.end] for one in left.entities] == ["24 ans"]
    assert "retraitée" not in left.text


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("je cherche un stage pour ma nièce", "other"),
        ("mon gendre voudrait changer de métier", "other"),
        ("je suis là pour ma cousine", "other"),
        ("ma femme veut que je change de travail", None),
        ("mon fils veut un métier, moi je voudrais une formation", None),
    ],
)
def test_for_whom_the_training_is(text: str, whom: str | None) -> None:
    assert for_whom(text, State()) == whom


def test_who_wrote_for_someone_else_may_come_to_themselves() -> None:
    assert for_whom("et là c'est pour moi", State(profile={"beneficiary": "other"})) == "self"
