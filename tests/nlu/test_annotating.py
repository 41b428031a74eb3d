"""Facts annotated in training messages: written by our rules, read back, and missed ones named."""

import itertools
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nlu.annotating import annotate, marks_of, unlabelled
from nlu.corpus_reader import Example, Mark, marked, read_corpus, read_file, read_line
from nlu.understanding import Context, Entity

CONTEXT = Context(date(2026, 11, 23))
PLAIN = "abcdeéàç '.,?!-"


class Finds:
    """Finds «soudeur», a job aimed at, and «Metz»."""

    def extract(self, text: str, context: Context) -> tuple[Entity, ...]:
        known = {"soudeur": ("job", "target"), "Metz": ("location", None)}
        return tuple(
            Entity(kind, word, text.find(word), text.find(word) + len(word), role)
            for word, (kind, role) in known.items()
            if word in text
        )


def corpus_file(folder: Path, *messages: str) -> Path:
    file = folder / "some.yml"
    lines = "".join(f"    - {message}\n" for message in messages)
    file.write_text(f'version: "3.1"\n\nnlu:\n- intent: inform\n  examples: |\n{lines}', "utf-8")
    return file


def test_messages_are_annotated_and_read_back(tmp_path: Path) -> None:
    file = corpus_file(tmp_path, "devenir soudeur à Metz", "bonjour")
    assert annotate(file, Finds(), CONTEXT) == 1
    assert '- devenir [soudeur]{"entity": "job", "role": "target"} à [Metz](location)\n' in file.read_text("utf-8")
    told, untold = read_file(file)
    assert told == Example("devenir soudeur à Metz", "inform")
    assert told.marks == (Mark(8, 15, "job", "target"), Mark(18, 22, "location"))
    assert untold.marks == ()


def test_what_people_annotated_is_left_as_it_is(tmp_path: Path) -> None:
    file = corpus_file(tmp_path, "devenir [soudeur](sector) à Metz")
    before = file.read_text("utf-8")
    assert annotate(file, Finds(), CONTEXT) == 0
    assert file.read_text("utf-8") == before


def test_a_fact_without_annotation_is_named() -> None:
    example = Example("devenir soudeur à Metz", "inform", (Mark(18, 22, "location"),))
    assert list(unlabelled([example], Finds(), CONTEXT)) == [(example, ("soudeur (job)",))]


def test_a_message_whose_facts_are_annotated_is_not() -> None:
    text = "devenir soudeur à Metz"
    example = Example(text, "inform", marks_of(Finds().extract(text, CONTEXT)))
    assert list(unlabelled([example], Finds(), CONTEXT)) == []


@given(st.text(PLAIN, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_any_message_is_read_back_with_its_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, min(end, len(text)), "topic") for start, end in spans]
    said, read = read_line(marked(text, marks))
    assert said == text
    assert set(read) <= set(marks)
    assert all(one.end <= other.start for one, other in itertools.pairwise(read))


def test_the_corpus_is_annotated() -> None:
    kinds = {mark.entity for example in read_corpus() for mark in example.marks}
    assert {"job", "location", "duration", "certification", "status", "education_level"} <= kinds
