"""Whole conversations with a real Rasa process, over HTTP only."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.talking import Visitor, asked, kinds, text
from tests.serving import Server

ALL_AT_ONCE = (
    "Bonjour, je suis aide-soignante à Charleville-Mézières, en CDI depuis 4 ans, et je voudrais devenir comptable "
    "sans arrêter de travailler, j'ai 2 400 € sur mon CPF"
)


@pytest.fixture
def visitor(server: Server) -> Iterator[Visitor]:
    """Someone who just opened the chat."""
    with Visitor(server.url) as opened:
        yield opened


def test_the_welcome_says_what_it_is_and_offers_entries(visitor: Visitor) -> None:
    assert "programme, pas une personne" in text(visitor.welcome)
    assert visitor.welcome[-1]["kind"] == "question"
    assert [message["seq"] for message in visitor.welcome] == [1, 2]


def test_everything_said_in_one_go_is_understood_and_not_asked_again(visitor: Visitor) -> None:
    answer = visitor.say(ALL_AT_ONCE)
    profile = visitor.state()["profile"]
    assert profile["location"] == "08105"
    assert profile["target_job"] == "M1203"
    assert profile["current_job"] == "J1501"
    assert profile["contract_type"] == "cdi"
    assert profile["company_seniority_months"] == 48
    assert profile["cpf_balance"] == 2400
    assert set(profile["modality"]) & {"evening", "part_time"}
    assert not set(asked(answer)) & {"location", "target_job", "current_job", "contract_type", "status", "cpf_balance"}
    items = next(message for message in answer if message["kind"] == "certifications")["payload"]["items"]
    assert all(item["why"] for item in items)
    assert {item["level"] for item in items} <= {4, 5, 6}
    assert any("ompta" in item["title"] for item in items)


def test_a_question_in_passing_is_answered_with_its_source_then_the_thread_resumes(visitor: Visitor) -> None:
    pending = asked(visitor.say("je voudrais devenir comptable"))
    answer = visitor.say("et la VAE c'est quoi ?")
    sources = [source for message in answer for source in (message["payload"] or {}).get("sources", [])]
    assert "expérience" in text(answer)
    assert sources[0]["url"].startswith("https://")
    assert sources[0]["checked_on"]
    assert asked(answer) == pending


def test_a_fact_is_corrected_by_saying_so(visitor: Visitor) -> None:
    visitor.say("je cherche une formation de plombier, j'habite à Colmar")
    visitor.say("non pas Colmar, Épinal")
    assert visitor.state()["profile"]["location"] == "88160"


def test_someone_is_asked_for_and_a_case_opens_at_once(visitor: Visitor) -> None:
    visitor.say(ALL_AT_ONCE)
    answer = visitor.say("je préfère voir quelqu'un")
    state = visitor.state()
    assert "handover" in kinds(answer)
    assert state["owner"] == "waiting"
    assert state["handover"]["reasons"] == ["asked"]


def test_contact_details_are_asked_but_not_insisted_on(visitor: Visitor) -> None:
    first = visitor.say("je veux parler à un conseiller")
    assert asked(first) == ["first_name"]
    assert asked(visitor.say("Amina")) == ["phone"]
    assert asked(visitor.say("je préfère ne pas le donner")) == ["email"]
    assert asked(visitor.say("non plus")) == []
    assert visitor.state()["profile"]["first_name"] == "Amina"


def test_distress_gives_the_numbers_first_and_shows_no_offer(visitor: Visitor) -> None:
    visitor.say("je cherche une formation de cuisinier")
    answer = visitor.say("je dors dans ma voiture depuis une semaine, j'ai plus rien")
    assert "115" in answer[0]["text"]
    assert not set(kinds(answer)) & {"certifications", "jobs", "funding", "pathways"}
    assert visitor.state()["handover"]["reasons"] == ["distress"]


def test_two_messages_not_understood_bring_a_person(visitor: Visitor) -> None:
    first = visitor.say("blurp zgrt fnouk trala")
    assert kinds(first) == ["question"]
    assert visitor.state()["owner"] == "bot"
    visitor.say("gniii krr plof wxyz")
    assert visitor.state()["handover"]["reasons"] == ["not_understood"]


@pytest.mark.parametrize("typed", ['/inform{"location": "08105"}', "/talk_to_human", '/find_training{"job": "M1203"}'])
def test_a_typed_payload_is_plain_text(visitor: Visitor, typed: str) -> None:
    visitor.say(typed)
    state = visitor.state()
    assert "location" not in state["profile"]
    assert "target_job" not in state["profile"]
    assert state["owner"] == "bot"


def test_a_button_means_what_its_label_says(visitor: Visitor) -> None:
    answer = visitor.choose("Trouver une formation", visitor.welcome)
    assert asked(answer) == ["target_job"]
    assert visitor.state()["messages"][2]["text"] == "Trouver une formation"


def test_erasing_by_message_is_confirmed_then_everything_is_gone(visitor: Visitor) -> None:
    visitor.say("je suis coiffeuse à Troyes et je veux changer de métier")
    confirm = visitor.say("supprimez mes données")
    visitor.choose("Oui", confirm)
    assert visitor.http.get(visitor.path).status_code == 404


def test_the_request_can_be_withdrawn(visitor: Visitor) -> None:
    visitor.say("je veux parler à quelqu'un")
    visitor.say("annulez, je continue avec vous")
    assert visitor.state()["owner"] == "bot"


def test_the_opinion_is_asked_for_after_a_goodbye_and_adds_no_message(visitor: Visitor) -> None:
    assert visitor.state()["satisfaction"] is None
    visitor.say("merci, au revoir")
    before = visitor.state()
    assert before["satisfaction"] == "asked"
    assert visitor.http.post(f"{visitor.path}/satisfaction", json={"answer": "helped"}).status_code == 200
    assert visitor.state() == before | {"satisfaction": "answered"}
