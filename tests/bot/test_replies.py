"""The sentences: all there, plain, and without flattery."""

import re
from string import Formatter

import pytest

from bot.actions.forms import ANSWERED_FIRST
from bot.asking import CHOICES
from bot.escalation import reasons, rules
from bot.interview import QUESTIONS
from bot.profile import FIELDS
from bot.wording import replies

LONGEST_SENTENCE_WORDS = 30
FLATTERY = re.compile(r"excellente question|quelle bonne idée|super !|génial", re.IGNORECASE)


def sentences() -> list[tuple[str, str]]:
    return [(key, part) for key in replies() for part in re.split(r"(?<=[.!?])\s+", " ".join(replies().lines(key)))]


@pytest.mark.parametrize(("key", "sentence"), sentences())
def test_sentences_are_short_and_plain(key: str, sentence: str) -> None:
    assert len(sentence.split()) <= LONGEST_SENTENCE_WORDS, key
    assert not FLATTERY.search(sentence)


def test_every_question_and_every_name_of_a_field_is_written() -> None:
    asked = {field for fields in QUESTIONS.values() for field in fields} | {
        "first_name",
        "phone",
        "email",
        "disability",
    }
    for field in asked:
        assert f"questions.{field}" in replies()
        assert f"profile.names.{field}" in replies()
    for field, values in CHOICES.items():
        for value in values:
            assert f"profile.values.{field}.{value}" in replies() or f"profile.{field}.{value}" in replies()


def test_every_value_of_a_choice_field_has_a_label() -> None:
    for name in ("status", "contract_type", "project", "modality"):
        for value in FIELDS[name].values:
            assert f"profile.values.{name}.{value}" in replies()


def test_every_reason_is_named_for_the_counsellor_and_offered_in_words() -> None:
    for reason, rule in rules().items():
        assert f"summary.reasons.{reason}" in replies()
        if not rule.at_once and reason not in {"complaint"}:
            assert f"escalation.{reason}" in replies()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("je pense démissionner la semaine prochaine", "resignation"),
        ("je viens d'être licenciée", "dismissal"),
        ("mon employeur refuse ma formation", "employer_conflict"),
        ("j'ai un diplôme étranger de comptable", "foreign_diploma"),
        ("j'ai fait mes études au Cameroun, une licence", "foreign_diploma"),
        ("je ne sais pas bien lire", "low_literacy"),
    ],
)
def test_the_words_that_call_for_a_person(text: str, reason: str) -> None:
    assert reason in reasons(text, "inform", None)


@pytest.mark.parametrize("text", ["je cherche une formation de soudeur", "ma mission se termine", "bonjour"])
def test_ordinary_words_call_for_nobody(text: str) -> None:
    assert reasons(text, "inform", 30) == ()


def test_a_minor_is_offered_a_person() -> None:
    assert "minor" in reasons("je veux être boulanger", "find_training", 16)


def test_a_request_is_answered_before_the_pending_question() -> None:
    assert {"talk_to_human", "distress", "ask_info", "erase_data"} <= ANSWERED_FIRST


def test_parameters_are_written_as_the_code_gives_them() -> None:
    for key in replies():
        for line in replies().lines(key):
            assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(line))
