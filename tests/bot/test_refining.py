"""What is said of the certifications just shown is answered without starting over."""

import pytest

from bot import interview, job_ideas
from bot.messages import Say
from bot.refining import refine
from bot.state import Memory, State
from bot.wording import replies
from tests.bot.conftest import MakeTurn

AIM = {"target_job": "M1203"}


@pytest.fixture
def shown(turn: MakeTurn) -> State:
    """Someone to whom certifications for an accountant were shown."""
    return interview.advance(turn("find_training", state=State(dict(AIM)))).state


def codes(effect: object) -> list[str]:
    assert isinstance(effect, Say)
    items = (effect.payload or {}).get("items")
    assert isinstance(items, list)
    return [str(item["code"]) for item in items if isinstance(item, dict)]


@pytest.mark.parametrize("text", ["autre chose ?", "vous en avez d'autres ?", "un autre diplôme"])
def test_others_are_shown_and_none_twice(turn: MakeTurn, shown: State, text: str) -> None:
    refined = refine(turn("find_training", text=text, state=shown, seq=5), shown)
    assert refined is not None
    effects, state = refined
    assert codes(effects[0])
    assert not set(codes(effects[0])) & set(shown.memory.proposed)
    assert set(state.memory.seen) == {*shown.memory.proposed, *codes(effects[0])}


def test_when_none_is_left_a_person_is_offered(turn: MakeTurn, shown: State) -> None:
    state = shown
    for _ in range(60):
        refined = refine(turn("find_training", text="autre chose ?", state=state, seq=5), state)
        assert refined is not None
        effects, state = refined
        if isinstance(effects[0], Say) and effects[0].kind == "question":
            break
    assert isinstance(effects[0], Say)
    assert effects[0].choices[0].meaning.intent == "talk_to_human"


@pytest.mark.parametrize("text", ["c'est trop long", "quelque chose de moins long ?", "plus court svp"])
def test_shorter_ways_are_said_then_diplomas_of_a_lower_level(turn: MakeTurn, shown: State, text: str) -> None:
    records = turn("find_training").services.catalogue.certifications
    refined = refine(turn("find_training", text=text, state=shown, seq=5), shown)
    assert refined is not None
    effects, state = refined
    assert isinstance(effects[0], Say)
    assert "bloc" in effects[0].text
    before = [level for code in shown.memory.proposed if (level := records[code].level)]
    assert all((records[code].level or 9) < min(before) for code in codes(effects[1]))
    assert state.memory.proposed == tuple(codes(effects[1]))


def test_when_nothing_is_shorter_a_person_is_offered(turn: MakeTurn, shown: State) -> None:
    state = shown
    for _ in range(8):
        refined = refine(turn("find_training", text="moins long", state=state, seq=5), state)
        assert refined is not None
        effects, state = refined
        if isinstance(effects[0], Say) and effects[0].kind == "question":
            break
    assert isinstance(effects[0], Say)
    assert "talk_to_human" in [choice.meaning.intent for choice in effects[0].choices]


def test_why_is_answered_with_the_reasons(turn: MakeTurn, shown: State) -> None:
    refined = refine(turn("nlu_fallback", text="pourquoi celle-là ?", state=shown, seq=5), shown)
    assert refined is not None
    assert "Mène au métier" in str(refined[0][0])


@pytest.mark.parametrize("intent", ["distress", "talk_to_human"])
def test_never_stands_before_a_person(turn: MakeTurn, shown: State, intent: str) -> None:
    assert refine(turn(intent, text="autre chose ? pourquoi ça", state=shown), shown) is None


def test_another_job_is_no_refinement(turn: MakeTurn, shown: State) -> None:
    made = turn("find_training", ("job", "D1102", "target"), text="autre chose : boulanger", state=shown)
    assert refine(made, shown) is None


def test_nothing_shown_is_nothing_to_refine(turn: MakeTurn, empty: State) -> None:
    assert refine(turn("find_training", text="autre chose ?"), empty) is None


def test_a_fact_that_holds_the_same_words_is_heard_as_a_fact(turn: MakeTurn, shown: State) -> None:
    state = shown.learn({"education_level": 4}, 5)
    assert refine(turn("inform", text="le bac, pas d'autre diplôme", state=state, seq=5), state) is None


def test_two_certifications_are_held_side_by_side(turn: MakeTurn, shown: State) -> None:
    refined = refine(turn("ask_certification", text="quelle différence entre les deux ?", state=shown, seq=5), shown)
    assert refined is not None
    said = refined[0][0]
    assert isinstance(said, Say)
    known = turn("inform").services.catalogue.certifications
    for code in shown.memory.proposed[:2]:
        assert known[code].title in said.text
    assert len((said.payload or {})["sources"]) == 2  # type: ignore[arg-type]


def test_what_is_named_is_compared_first(turn: MakeTurn, shown: State) -> None:
    known = turn("inform").services.catalogue.certifications
    named = next(code for code in known if code not in shown.memory.proposed)
    asked = turn("ask_info", ("certification", named), text="c'est quoi le mieux, lequel ?", state=shown, seq=5)
    refined = refine(asked, shown)
    assert refined is not None
    text = str(refined[0][0])
    assert text.index(known[named].title) < text.index(known[shown.memory.proposed[0]].title)


def test_one_alone_is_not_compared(turn: MakeTurn, empty: State) -> None:
    assert refine(turn("ask_info", text="quelle différence ?", state=empty), empty) is None


def test_types_that_were_not_shown_are_left_to_the_notices(turn: MakeTurn, shown: State) -> None:
    asked = turn("ask_info", text="quelle différence entre un CAP et un diplôme d'État ?", state=shown, seq=5)
    assert refine(asked, shown) is None


def test_without_published_trainings_nearby_it_is_said_and_a_person_can_look(turn: MakeTurn, shown: State) -> None:
    refined = refine(turn("find_training", text="ya une formation pas loin de chez moi ?", state=shown, seq=5), shown)
    assert refined is not None
    assert isinstance(refined[0][0], Say)
    assert refined[0][0].text == replies().get("sessions.none_near")
    assert refined[1].memory.pending == "offer_handover"


@pytest.fixture
def ideas(turn: MakeTurn) -> tuple[set[str], State]:
    """The jobs listed to someone who likes to help the old, and the state after it."""
    state = State({"project": "explore_jobs"}, memory=Memory(query="aider les personnes âgées"))
    said, state = job_ideas.jobs(turn("explore_jobs", state=state), state)
    return jobs(said[0]), state


def jobs(effect: object) -> set[str]:
    assert isinstance(effect, Say)
    items = (effect.payload or {}).get("items")
    assert isinstance(items, list)
    return {str(item["rome"]) for item in items if isinstance(item, dict)}


def test_other_jobs_are_shown_and_none_twice(turn: MakeTurn, ideas: tuple[set[str], State]) -> None:
    listed, state = ideas
    refined = refine(turn("nlu_fallback", text="et autre chose ?", state=state), state)
    assert refined is not None
    others = jobs(refined[0][0])
    assert listed
    assert others
    assert not listed & others


def test_when_no_job_is_left_it_is_said(turn: MakeTurn, ideas: tuple[set[str], State]) -> None:
    _, state = ideas
    for _ in range(20):
        refined = refine(turn("nlu_fallback", text="autre chose ?", state=state), state)
        assert refined is not None
        (first, *_), state = refined
        if isinstance(first, Say) and first.kind == "question":
            assert first.text == replies().get("proposals.no_more_jobs")
            return
    pytest.fail("the list of jobs never ends")
