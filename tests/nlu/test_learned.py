"""Messages learnt from use join the corpus once, as data, in a file one can review."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from nlu.corpus_reader import Example, read_file
from nlu.learned import LEARNED, add_learned


def test_they_are_read_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / LEARNED
    said = [Example("ça paye koi dans la soudur", "ask_outcomes"), Example("- 12 € : trop cher #non", "ask_price")]
    result = add_learned(file, said)
    assert result.added == tuple(said)
    assert sorted(read_file(file), key=str) == sorted(said, key=str)


def test_twice_is_once(tmp_path: Path) -> None:
    file = tmp_path / LEARNED
    said = [Example("ça paye koi dans la soudur", "ask_outcomes")]
    add_learned(file, said)
    before = file.read_text("utf-8")
    result = add_learned(file, [*said, Example("Ça paye koi dans la soudur ?!", "ask_outcomes")])
    assert (result.added, result.known) == ((), 2)
    assert file.read_text("utf-8") == before


def test_what_contradicts_the_corpus_is_told_and_left_out(tmp_path: Path) -> None:
    result = add_learned(tmp_path / LEARNED, [Example("bonjour", "thank")])
    ((example, other),) = result.contradicted
    assert (example.intent, other) == ("thank", "greet")
    assert not (tmp_path / LEARNED).exists()


def test_brackets_are_words_not_annotations(tmp_path: Path) -> None:
    file = tmp_path / LEARNED
    add_learned(file, [Example("je veux [ceci](cela) et [autre]{chose}", "inform")])
    assert read_file(file) == [Example("je veux [ceci] (cela) et [autre] {chose}", "inform")]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=80))
def test_any_message_survives(text: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "learned" / LEARNED
        file.parent.mkdir()
        add_learned(file, [Example(f"zqx {text}", "inform")], corpus=Path(folder))
        (found,) = read_file(file)
    assert found.text.split()[0] == "zqx"
    assert found.intent == "inform"
