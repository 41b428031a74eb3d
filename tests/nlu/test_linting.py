"""The linter names each thing wrong with training messages, and nothing where nothing is wrong."""

import json
from pathlib import Path

import pytest

from nlu.corpus_reader import Example, read_corpus
from nlu.linting import FEWEST_OTHER, Finding, lint, read_messages

WORDS = ("atelier", "cahier", "dossier", "fenêtre", "horloge", "jardin", "lampe", "montagne", "navire", "orange")


def enough(intent: str) -> list[Example]:
    """As many messages as an intent needs, no two alike."""
    pairs = [f"{one} {other} {intent}" for one in WORDS for other in WORDS if one != other]
    return [Example(text, intent) for text in pairs[:FEWEST_OTHER]]


def found(*examples: Example, against: tuple[str, ...] = ()) -> list[Finding]:
    return lint([*enough("greet"), *examples], against)


def test_nothing_wrong_is_nothing_found() -> None:
    assert found() == []


def test_the_same_message_twice_whatever_its_accents_and_case() -> None:
    (finding,) = found(Example("Merci à tous !", "greet"), Example("merci a tous", "greet"))
    assert (finding.kind, finding.must) == ("duplicate", True)
    assert finding.texts == ("Merci à tous !", "merci a tous")


def test_one_message_under_two_intents() -> None:
    kinds = {f.kind: f for f in found(*enough("thank"), Example("à demain", "greet"), Example("à demain", "thank"))}
    assert kinds["contradiction"].intents == ("greet", "thank")


def test_nearly_the_same_message_under_two_intents_is_to_be_read_again() -> None:
    near = [
        Example("je voudrais savoir si c'est ouvert demain", "greet"),
        Example("je voudrais savoir si c'est ouvert demain x", "thank"),
    ]
    kinds = [(finding.kind, finding.must) for finding in found(*enough("thank"), *near)]
    assert kinds == [("near", False)]


def test_an_intent_with_few_messages() -> None:
    (finding,) = found(*enough("thank")[:5])
    assert (finding.kind, finding.intents, finding.number) == ("few", ("thank",), 5)


def test_one_intent_much_larger_than_another() -> None:
    kinds = {finding.kind for finding in found(*enough("thank")[:4])}
    assert kinds == {"few", "skewed"}


def test_a_message_too_close_to_one_of_evaluation() -> None:
    copied = Example("je cherche une formation de soudeur à Sedan", "greet")
    (finding,) = found(copied, against=("Je cherche une formation de soudeuse à Sedan",))
    assert (finding.kind, finding.must) == ("leak", True)
    assert finding.texts[0] == copied.text


def test_what_everyone_says_is_no_leak() -> None:
    assert found(Example("bonjour", "greet"), against=("Bonjour !",)) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "\n".join(json.dumps({"text": text}) for text in ("oui", "non merci"))),
        ("a.csv", "utterance,intent\noui,affirm\nnon merci,deny\n"),
        ("a.txt", "oui\n\nnon merci\n"),
    ],
)
def test_reads_the_messages_of_any_usual_file(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    assert read_messages(file) == ["oui", "non merci"]


def test_our_own_messages_have_nothing_to_repair() -> None:
    assert [finding for finding in lint(read_corpus()) if finding.must] == []
