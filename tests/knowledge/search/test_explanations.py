"""An excerpt of an official text: short, whole sentences, nothing added."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.embedding import load_embedder
from knowledge.search.explanations import EXCERPT_CHARS, Explanations, excerpt_of


def test_without_any_text_nothing_is_answered(tmp_path: Path) -> None:
    assert Explanations.open({}, {}, load_embedder(None), tmp_path).find("c'est quoi le CPF ?") is None


@given(st.text(max_size=600), st.lists(st.sampled_from(["formation", "contrat", "jour"]), max_size=3))
def test_an_excerpt_is_short_and_never_more_than_the_text(text: str, words: list[str]) -> None:
    excerpt = excerpt_of(f"{text} fin.", words)
    assert len(excerpt) <= max(EXCERPT_CHARS, len(f"{text} fin."))
    assert "".join(excerpt.split()) in "".join(f"{text} fin.".replace("\n- ", "\n").split())


def test_the_sentences_that_speak_of_the_question_are_kept() -> None:
    text = "Il faut un contrat. Le salaire suit l'âge. Les congés sont de cinq semaines. On signe. On part."
    assert "congés" in excerpt_of(text, ["conges"])
