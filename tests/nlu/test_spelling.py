"""Words put right before a message is classified."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.spelling import Speller, own_speller

OWN = own_speller()
SPELLER = Speller(["je cherche une formation de soudeur", "afest", "quel dispositif"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("formtion", "formation"),
        ("fromation", "formation"),
        ("formatoin", "formation"),
        ("metier", "métier"),
        ("diplome", "diplôme"),
        ("FORMATION", "formation"),
    ],
)
def test_a_slip_or_a_missing_accent_is_put_right(written: str, meant: str) -> None:
    assert SPELLER.corrected(written) == meant


@pytest.mark.parametrize("word", ["afest", "a", "ou", "vouziers", "rncp38461", "2400", "chaudronnier", "12h30"])
def test_what_is_known_or_unlike_anything_stays(word: str) -> None:
    assert SPELLER.corrected(word) == word


BY_EAR = [
    ("pourkoi", "pourquoi"),
    ("chomaje", "chômage"),
    ("aprentisaj", "apprentissage"),
    ("koifeuz", "coiffeuse"),
    ("boulanjeri", "boulangerie"),
    ("infirmiair", "infirmière"),
]


@pytest.mark.parametrize(("written", "meant"), BY_EAR)
def test_what_is_spelled_by_ear_is_put_right(written: str, meant: str) -> None:
    assert OWN.corrected(written) == meant


@pytest.mark.parametrize(("written", "meant"), [pair for pair in BY_EAR if pair[0] != "koifeuz"])
def test_what_is_spelled_by_ear_is_put_right_without_our_messages(written: str, meant: str) -> None:
    # A word met about once in a million is too rare there to stand for an unknown one.
    assert SPELLER.corrected(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("jcompte", "je compte"), ("jprefere", "je préfère"), ("k'il", "qu'il"), ("jury", "jury")]
)
def test_what_is_run_together_is_taken_apart(written: str, meant: str) -> None:
    assert SPELLER.corrected(written) == meant


@given(st.text(max_size=200))
def test_any_text_keeps_its_other_characters(text: str) -> None:
    corrected = OWN.corrected(text)
    assert [c for c in corrected if c.isdigit()] == [c for c in text.lower() if c.isdigit()]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("je veux fire une formation", "je veux faire une formation"),
        ("jé pas le bac", "j'ai pas le bac"),
        ("le deaes", "le deaes"),
    ],
)
def test_each_word_is_read_after_the_one_before(written: str, meant: str) -> None:
    assert OWN.corrected(written) == meant
