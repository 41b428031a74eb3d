import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.phonetics import sound
from knowledge.search.words import content_words, fold, located_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’aide-soignant·e", ["l", "aide", "soignant"]),
        ("développeur(euse) C++ / C#", ["developpeur", "c++", "c#"]),
        ("Bac +2 ou bac+3", ["bac+2", "ou", "bac+3"]),
        ("cœur d'école", ["coeur", "d", "ecole"]),
        ("RNCP38461", ["rncp38461"]),
    ],
)
def test_words_are_folded_and_technical_ones_stay_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_stop_words_are_left_out() -> None:
    assert content_words("Je veux travailler dans la petite enfance") == ["veux", "travailler", "petite", "enfance"]


@pytest.mark.parametrize(
    ("written", "meant"), [("chofeur", "chauffeur"), ("fotografe", "photographe"), ("grutie", "grutier")]
)
def test_words_that_sound_alike_share_a_key(written: str, meant: str) -> None:
    assert sound(written) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("monter", "monteur"), ("boulanger", "boucher"), ("macon", "maison")])
def test_words_that_sound_different_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_located_words_are_the_content_words(text: str) -> None:
    assert all(0 <= word.start < word.end <= len(text) for word in located_words(text))
