"""When nothing surely answers, the nearest official text is shown as such, with a person one step away."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import passing_on
from bot.answers import answer
from bot.messages import Say
from bot.state import State
from bot.turn import BotServices
from bot.wording import replies
from knowledge.records import Passage, Source
from knowledge.search.explanations import Explanations
from tests.bot.conftest import MakeTurn

QUESTIONS = yaml.safe_load(Path(__file__).with_name("explanation_questions.yml").read_text("utf-8"))
PAGE = Source("Ministère du Travail : le contrat d'apprentissage", "https://travail.test/page", date(2026, 2, 12))
SECTION = "Le contrat d'apprentissage peut-il être rompu ?"
BREAKING = (
    "Pendant les quarante-cinq premiers jours, chacun peut rompre le contrat d'apprentissage. "
    "Ensuite, un accord écrit des deux est nécessaire pour rompre le contrat. "
    "Le médiateur peut être saisi. Le directeur du centre est prévenu."
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["text"])
def test_our_own_questions(services: BotServices, question: dict[str, str | None]) -> None:
    found = services.search.explanations.find(str(question["text"]))
    assert (found.notice.id if found and found.notice else None) == question["notice"]


def test_an_official_page_is_quoted_with_its_address_and_day(services: BotServices, tmp_path: Path) -> None:
    passage = Passage("1", "Le contrat d'apprentissage", SECTION, BREAKING, PAGE)
    notices = services.catalogue.notices
    texts = Explanations.open(notices, {"1": passage}, services.search.embedder, tmp_path)
    found = texts.find("on peut rompre un contrat d'apprentissage ?")
    assert found is not None
    assert found.source == PAGE
    assert found.excerpt.startswith("Pendant les quarante-cinq premiers jours")


def test_what_speaks_of_the_question_is_shown_as_unsure_and_a_person_offered(turn: MakeTurn, empty: State) -> None:
    said, _ = answer(turn("ask_info", text="à quel âge on peut être apprenti ?", state=empty))
    texts = [effect for effect in said if isinstance(effect, Say)]
    assert "16 à 29 ans" in texts[0].text
    assert texts[0].payload
    assert texts[0].payload["sources"]


def test_nothing_near_is_said_so(turn: MakeTurn, empty: State) -> None:
    said, state = answer(turn("ask_info", text="combien coûte un kebab ?", state=empty))
    assert isinstance(said[0], Say)
    assert said[0].text == replies().get("answers.not_sure")
    assert state.memory.pending == "offer_handover"


def test_a_notion_named_in_a_message_that_is_not_understood_is_explained(turn: MakeTurn, empty: State) -> None:
    said, state = passing_on.not_understood(
        turn("nlu_fallback", text="est ce que mon patron doit être au courant", state=empty)
    )
    assert isinstance(said[0], Say)
    assert "30 jours" in said[0].text
    assert state.memory.misunderstood == 0
