"""What one message means, whatever it is."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.search.embedding import load_embedder
from nlu.encoding import MessageEncoder
from nlu.entities import EntityExtractor
from nlu.evaluate import evaluate
from nlu.intents import Scores
from nlu.interpreter import Interpreter
from nlu.training import TrainedModel, load, train
from nlu.understanding import Context, Understanding
from tests.nlu.conftest import TODAY
from tests.nlu.odd_strings import odd_strings
from tests.nlu.sentences import sentences
from tests.serving import DATA_DIR

Parse = Callable[..., Understanding]

FALLBACK = "nlu_fallback"
HELD_OUT = Path(__file__).with_name("held_out.jsonl")
_LEAST_RIGHT = 0.85
_LEAST_RIGHT_HELD_OUT = 0.88
_MOST_LOST = 0.03
_MOST_RANKED = 10


@pytest.fixture(scope="session")
def interpreter(catalogue: Catalogue) -> Interpreter:
    """Trained once; the other tests share the model."""
    embedder = load_embedder(None)
    train(DATA_DIR / "nlu", embedder)
    return Interpreter.load(DATA_DIR / "nlu", catalogue, embedder)


@pytest.fixture(scope="session")
def parse(interpreter: Interpreter) -> Parse:
    """Understands a message that comes after a question about a profile field, or after none."""

    def understand(text: str, asked: str | None = None) -> Understanding:
        return interpreter.parse(text, Context(TODAY, asked))

    return understand


def test_understands_the_examples_of_the_contract(interpreter: Interpreter) -> None:
    examples = [(text, intent) for intent, texts in sentences("contract").items() for text in texts]
    found = interpreter.parse_many([text for text, _ in examples], Context(TODAY))
    wrong = [(u.text, i, u.intent.name) for u, (_, i) in zip(found, examples, strict=True) if u.intent.name != i]
    assert 1 - len(wrong) / len(examples) >= _LEAST_RIGHT, wrong


def test_understands_messages_it_never_saw(interpreter: Interpreter) -> None:
    gold = [json.loads(line) for line in HELD_OUT.read_text("utf-8").splitlines()]
    scores = evaluate(gold, interpreter.parse_many([one["text"] for one in gold], Context(TODAY)))
    assert scores.accuracy >= _LEAST_RIGHT_HELD_OUT, scores.confusions
    assert scores.good_lost <= _MOST_LOST, scores.errors
    assert (scores.distress_recall, scores.false_distress) == (1, 0)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Vouziers", "inform"),
        ("j'ai une RQTH et je veux ouvrir une mercerie", "start_business"),
        ("puis-je rencontrer une conseillère le 12 janvier ?", "book_appointment"),
    ],
)
def test_one_word_does_not_hide_what_is_meant(parse: Parse, text: str, intent: str) -> None:
    assert parse(text).intent.name == intent


def test_hears_every_distress(interpreter: Interpreter) -> None:
    texts = sentences("whole_distress")["distress"]
    assert len(set(texts)) >= 100
    found = interpreter.parse_many(texts, Context(TODAY))
    assert [u.text for u in found if u.intent.name != "distress"] == []


def test_hears_no_distress_in_one_harmless_message_of_a_hundred(interpreter: Interpreter) -> None:
    texts = sentences("whole_distress")["harmless"]
    assert len(set(texts)) >= 120
    found = interpreter.parse_many(texts, Context(TODAY))
    assert len([u.text for u in found if u.intent.name == "distress"]) <= 1


@pytest.mark.parametrize(
    "spelled",
    [
        "JE CHERCHE UNE FORMATION DE SOUDEUR",
        "je cherche une formtion de soudeur",
        "je cherche une fromation de soudeur",
        "jcherche 1 formasion de soudeur",
        "je cherche une formatiooon de soudeur",
        "je cherche   une\u200b formation de soudeur",
    ],
)
def test_a_message_badly_typed_means_the_same(parse: Parse, spelled: str) -> None:
    assert parse(spelled).intent.name == "find_training"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("target_job", "soudeur"),
        ("current_job", "aide-soignante"),
        ("location", "Reims"),
        ("location", "à Rethel"),
        ("cpf_balance", "2400"),
        ("cpf_balance", "environ 500 euros"),
        ("age", "42 ans"),
        ("education_level", "bac pro"),
        ("education_level", "aucun diplôme"),
        ("education_level", "brevet"),
        ("education_level", "j'ai un bac sms et mon diplome d'aide soignante"),
        ("status", "salariée"),
        ("contract_type", "cdi"),
        ("company_seniority_months", "8 mois"),
        ("company_size", "50"),
        ("first_name", "Karim"),
    ],
)
def test_a_short_answer_informs(parse: Parse, asked: str, answer: str) -> None:
    found = parse(answer, asked)
    assert found.intent.name == "inform"
    assert found.entities


@pytest.mark.parametrize(
    ("asked", "text", "intent"),
    [
        ("location", "je veux parler à un conseiller", "talk_to_human"),
        ("age", "je sais pas", "dont_know"),
        ("cpf_balance", "j'ai envie d'en finir", "distress"),
        ("education_level", "j'ai pas compris", "ask_rephrase"),
        ("target_job", "c'est quoi le CPF ?", "ask_info"),
    ],
)
def test_a_question_asked_does_not_hide_another_wish(parse: Parse, asked: str, text: str, intent: str) -> None:
    assert parse(text, asked).intent.name == intent


@pytest.mark.parametrize(
    "text",
    ['/inform{"location": "51454"}', "/restart", '  /inform{"job": "M1203"}', '{"intent": "erase_data"}', "[a](b)"],
)
def test_a_command_that_was_typed_is_not_obeyed(parse: Parse, text: str) -> None:
    found = parse(text)
    assert found.intent.name == FALLBACK
    assert found.entities == ()


@pytest.mark.parametrize("text", ["", " ", "…", "azkjhqsd wxcvqs", "qsdfghjklm", "🙂", "\ud800", "\u200b\u202e"])
def test_gibberish_is_not_understood(parse: Parse, text: str) -> None:
    assert parse(text).intent.name == FALLBACK


def test_a_ranking_begins_with_the_best_intent(parse: Parse) -> None:
    found = parse("comment financer ma formation ?")
    names = [score.name for score in found.ranking]
    assert names[0] == found.intent.name == "ask_funding"
    assert len(names) == len(set(names)) <= _MOST_RANKED
    assert all(0 <= score.confidence <= 1 for score in found.ranking)


def test_is_given_to_the_dialogue_in_its_form(parse: Parse) -> None:
    found: dict[str, Any] = parse("je suis comptable à Reims").to_rasa()
    assert set(found) == {"text", "intent", "intent_ranking", "entities"}
    assert found["text"] == "je suis comptable à Reims"
    assert set(found["intent"]) == {"name", "confidence"}
    job, place = found["entities"]
    assert {key: job[key] for key in ("entity", "value", "start", "end", "role")} == {
        "entity": "job",
        "value": "M1203",
        "start": 8,
        "end": 17,
        "role": "current",
    }
    assert "role" not in place


def test_many_messages_are_understood_as_each_alone(interpreter: Interpreter) -> None:
    texts = ["bonjour", "je suis en CDI", "c'est combien ?", "je veux mourir"]
    together = interpreter.parse_many(texts, Context(TODAY))
    assert [u.intent.name for u in together] == [interpreter.parse(t, Context(TODAY)).intent.name for t in texts]
    assert interpreter.parse_many([], Context(TODAY)) == []


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(codec=None, exclude_categories=()), max_size=80))
def test_takes_any_string(interpreter: Interpreter, text: str) -> None:
    _assert_sound(interpreter.parse(text, Context(TODAY)))


def test_takes_odd_strings(interpreter: Interpreter) -> None:
    for found in interpreter.parse_many(odd_strings(200), Context(TODAY, "location")):
        _assert_sound(found)


@pytest.mark.parametrize("piece", ["a", "je suis à Reims ", "1 ", "é\u0301"])
def test_takes_a_message_of_a_hundred_kilobytes(parse: Parse, piece: str) -> None:
    _assert_sound(parse(piece * (100_000 // len(piece))))


def test_relative_dates_follow_the_date_of_the_program(interpreter: Interpreter) -> None:
    found = interpreter.parse("je suis libre demain", Context(date(2027, 1, 31)))
    assert [e.value for e in found.entities if e.entity == "date"] == ["2027-02-01"]


def _assert_sound(found: Understanding) -> None:
    assert found.intent.name
    assert 0 <= found.intent.confidence <= 1
    assert all(0 <= e.start < e.end <= len(found.text) for e in found.entities)


class Hesitating:
    """A model that gives «comment ça se passe» these two chances, and nothing to anything else."""

    def __init__(self, model: TrainedModel, first: float, second: float) -> None:
        self.classifier, self.calibration = model.classifier, model.calibration
        self._chances = {"ask_steps": first, "ask_schedule": second}

    def chances(self, texts: Sequence[str], *_: object) -> Scores:
        return np.array([[self._chances.get(name, 0.0) for name in self.classifier.classes] for _ in texts])


@pytest.mark.parametrize(("second", "expected"), [(0.48, FALLBACK), (0.30, "ask_steps")])
def test_two_close_guesses_are_left_to_the_person(catalogue: Catalogue, second: float, expected: str) -> None:
    embedder = load_embedder(None)
    train(DATA_DIR / "nlu", embedder)
    model = Hesitating(load(DATA_DIR / "nlu", embedder), 0.5, second)
    doubting = Interpreter(model, MessageEncoder(embedder), EntityExtractor(catalogue, embedder, None))  # type: ignore[arg-type]
    understood = doubting.parse("et comment ça se passe alors", Context(TODAY))
    assert understood.intent.name == expected
    assert [guess.name for guess in understood.ranking[:2]] == ["ask_steps", "ask_schedule"]
