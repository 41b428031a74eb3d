import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.reading import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RNCP34095", "RNCP34095"),
        ("rncp 34 095", "RNCP34095"),
        ("fiche R.N.C.P. n° 34095 svp", "RNCP34095"),
        ("RNPC34095", "RNCP34095"),
        ("rs5616", "RS5616"),
        ("R.S. 5616", "RS5616"),
        ("RNCP-34095", "RNCP34095"),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, code: str) -> None:
    assert LEXICON.read(text).codes == (code,)


def test_a_number_alone_may_be_of_either_register() -> None:
    assert LEXICON.read("34095").codes == ("RNCP34095", "RS34095")


@pytest.mark.parametrize("text", ["j'ai 2400 euros", "en 2027", "les 35 heures", "cours 3400", "RNCP"])
def test_other_numbers_are_no_code(text: str) -> None:
    assert LEXICON.read(text).codes == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("bac+2 en vente", 5),
        ("un bac + 5", 7),
        ("bac plus trois", 6),
        ("niveau 4", 4),
        ("niveau bac", 4),
        ("CAP cuisine", 3),
        ("un BTS", 5),
        ("licence pro logistique", 6),
        ("master de droit", 7),
        ("titre pro soudeur", None),
        ("devenir soudeur", None),
        ("mais but en or", None),
    ],
)
def test_a_level_is_read_from_years_words_and_diplomas(text: str, level: int | None) -> None:
    assert LEXICON.read(text).level == level


def test_the_longest_diploma_name_is_the_one() -> None:
    diploma = LEXICON.read("une licence professionnelle").diploma
    assert diploma and "licence pro" in diploma.names


def test_an_acronym_is_put_in_full_and_the_diploma_left_out_of_the_topic() -> None:
    reading = LEXICON.read("CAP AEPE")
    assert reading.topic == "accompagnant educatif petite enfance"
    assert reading.expansions == {"aepe": "accompagnant educatif petite enfance"}


def test_a_word_is_not_an_acronym_unless_in_capitals() -> None:
    assert not LEXICON.read("sous le ciel").expansions
    assert LEXICON.read("BTS CIEL").expansions


def test_the_topic_leaves_out_the_words_of_asking() -> None:
    assert LEXICON.read("je voudrais une formation de niveau bac en horticulture").topic == "horticulture"


def test_a_query_of_asking_words_only_keeps_them() -> None:
    assert LEXICON.read("une formation").topic == "formation"


@given(st.text(max_size=100))
def test_any_text_can_be_read(text: str) -> None:
    reading = LEXICON.read(text)
    assert reading.level is None or 3 <= reading.level <= 8


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("travailler dans la nature, pas dans un bureau", "nature"),
        ("devenir soudeur sans le bac", "soudeur"),
        ("du commerce mais surtout pas de la vente", "commerce"),
    ],
)
def test_what_is_not_wanted_is_left_out(text: str, topic: str) -> None:
    reading = Lexicon.load().read(text)
    assert reading.topic.split()[-1] == topic
    assert reading.level is None


def test_a_query_that_only_says_no_is_kept() -> None:
    assert Lexicon.load().read("sans bac").topic


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("aide-soignant par la VAE", "vae"),
        ("boulanger en apprentissage", "apprenticeship"),
        ("comptable en contrat pro", "professionnalisation"),
        ("comptable", None),
    ],
)
def test_the_way_to_obtain_it(text: str, access: str | None) -> None:
    assert Lexicon.load().read(text).access == access
