"""What is asked and proposed next."""

from bot import contact, interview
from bot.messages import Say
from bot.state import Memory, State
from tests.bot.conftest import MakeTurn


def said(step: interview.Step) -> list[Say]:
    return [effect for effect in step.effects if isinstance(effect, Say)]


def test_without_an_aim_the_aim_is_asked_first(turn: MakeTurn) -> None:
    step = interview.advance(turn("find_training", state=State({"project": "find_training"})))
    assert step.asked_field == "target_job"
    assert said(step)[-1].kind == "question"


def test_an_aim_is_enough_to_propose_something_with_a_reason_each(turn: MakeTurn) -> None:
    state = State({"project": "find_training", "target_job": "M1203"}, {"target_job": [3]})
    step = interview.advance(turn("find_training", state=state))
    proposal = next(message for message in said(step) if message.kind == "certifications")
    assert proposal.payload is not None
    items = proposal.payload["items"]
    assert isinstance(items, list)
    assert items
    assert all(isinstance(item, dict) and item["why"] for item in items)
    assert step.asked_field == "status"


def test_what_is_known_is_never_asked(turn: MakeTurn) -> None:
    profile = {
        "project": "find_training",
        "target_job": "M1203",
        "status": "employee",
        "education_level": 4,
        "location": "08105",
    }
    step = interview.advance(turn("find_training", state=State(dict(profile))))
    assert step.asked_field is None
    assert said(step)[-1].payload == {"field": None}


def test_the_same_proposal_is_not_shown_twice(turn: MakeTurn) -> None:
    state = State({"project": "find_training", "target_job": "M1203"})
    first = interview.advance(turn("find_training", state=state))
    second = interview.advance(turn("inform", state=first.state.learn({"location": "08105"}, 5), seq=5))
    assert "certifications" not in {message.kind for message in said(second)}


def test_a_lower_diploma_changes_what_is_proposed(turn: MakeTurn) -> None:
    state = State({"project": "find_training", "target_job": "D1102", "education_level": 0})
    step = interview.advance(turn("find_training", state=state))
    proposal = next(message for message in said(step) if message.kind == "certifications")
    assert proposal.payload is not None
    items = proposal.payload["items"]
    assert isinstance(items, list)
    assert {item["level"] for item in items if isinstance(item, dict)} <= {3, 4}


def test_after_an_answer_the_pending_question_comes_back(turn: MakeTurn) -> None:
    state = State({"project": "find_training"}, memory=Memory(answered_seq=3))
    step = interview.advance(turn("ask_info", state=state, returning=True))
    assert step.asked_field == "target_job"
    assert len(said(step)) == 1


def test_a_question_without_answer_is_dropped_after_two_times(turn: MakeTurn) -> None:
    asked = {"status": 2, "education_level": 2, "location": 2}
    state = State({"project": "find_training", "target_job": "M1203"}, memory=Memory(asked=asked))
    assert interview.next_field(state) is None


def test_resigning_is_answered_with_care_before_any_further_question(turn: MakeTurn) -> None:
    state = State({"project": "start_business"})
    step = interview.advance(turn("inform", text="je pense donner ma démission vendredi", state=state))
    assert "Avant de démissionner" in said(step)[-1].text
    assert step.state.memory.pending == "offer_handover"
    assert step.state.memory.pending_reason == "resignation"


def test_contact_asks_little_and_stops_when_reachable(turn: MakeTurn) -> None:
    assert contact.next_field(State()) == "first_name"
    assert contact.next_field(State({"first_name": "Ana"})) == "phone"
    assert contact.next_field(State({"first_name": "Ana", "phone": "+33612345678"})) is None
    assert contact.next_field(State({"first_name": "Ana"}, memory=Memory(refused=("phone",)))) == "email"


def test_under_fifteen_no_contact_is_taken(turn: MakeTurn) -> None:
    step = contact.advance(turn("talk_to_human", state=State({"age": 14})))
    assert step.asked_field is None
    assert "adulte" in said(step)[0].text


def test_from_fifteen_to_seventeen_what_is_kept_is_said_first(turn: MakeTurn) -> None:
    step = contact.advance(turn("talk_to_human", state=State({"age": 16})))
    assert "moins de 18 ans" in said(step)[0].text
    assert step.asked_field == "first_name"
