"""Easy-to-read French: every sentence said to a person has a form with short sentences and known words."""

import re
from string import Formatter

import pytest
import Stemmer
from wordfreq import top_n_list, zipf_frequency

from bot.wording import easy_replies, replies

LONGEST_WORDS = 11
# Zipf frequency (a word in a million is 3) of the most usual word of a family: «effacez» is known as «effacer» is.
KNOWN = 3.6
FAMILIES_FROM = 60_000
# Names of things here, which the sentences around them explain.
NAMES = frozenset({"hub", "cpf", "vae", "pdf", "référent", "certification", "compétence"})
# Read by counsellors, printed in the plan, or one or two words on a button.
NOT_SPOKEN = frozenset({"summary", "plan", "profile", "menu", "guesses", "hours"})
SPOKEN = [key for key in replies() if key.partition(".")[0] not in NOT_SPOKEN]
STEMMER = Stemmer.Stemmer("french")
_ELIDED = re.compile(r"\b(?:[ldcjnmts]|qu|jusqu|aujourd)['’]", re.IGNORECASE)


def easy(key: str) -> str:
    source = easy_replies() if key in easy_replies() else replies()
    return re.sub(r"\{\w+\}", "X", " ".join(source.lines(key)))


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def families() -> dict[str, float]:
    """Stem to the frequency of its most usual word."""
    found: dict[str, float] = {}
    words = top_n_list("fr", FAMILIES_FROM)
    for word, stem in zip(words, STEMMER.stemWords(words), strict=True):
        found.setdefault(stem, zipf_frequency(word, "fr"))
    return found


@pytest.mark.parametrize("key", SPOKEN)
def test_every_sentence_has_a_form_of_short_sentences(key: str) -> None:
    for sentence in re.split(r"(?<=[.!?:])\s+", easy(key)):
        assert len([word for word in sentence.split() if re.search(r"\w", word)]) <= LONGEST_WORDS, sentence
        assert ";" not in sentence


@pytest.mark.parametrize("key", SPOKEN)
def test_every_sentence_has_a_form_of_known_words(key: str, families: dict[str, float]) -> None:
    for word in re.findall(r"[A-Za-zÀ-ÿœ]+", _ELIDED.sub("", easy(key)).lower()):
        known = len(word) == 1 or word.rstrip("s") in NAMES or families.get(STEMMER.stemWord(word), 0) >= KNOWN
        assert known, word


@pytest.mark.parametrize("key", list(easy_replies()))
def test_an_easy_form_says_the_same_thing(key: str) -> None:
    usual, simple = " ".join(replies().lines(key)), " ".join(easy_replies().lines(key))
    assert parameters(simple) <= parameters(usual)
    assert usual.endswith("?") == simple.endswith("?"), "a question stays a question"
    assert set(re.findall(r"\b\d{2,4}\b", simple)) == set(re.findall(r"\b\d{2,4}\b", usual)), "no number is lost"
