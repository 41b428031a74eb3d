"""How many people, by when: what an employer tells, and what it leads to."""

from datetime import date

import pytest

from bot import interview
from bot.action_plan import PlanRecord, action_plan
from bot.company import needed_soon, solutions
from bot.messages import Say
from bot.needs import kinds_of_need, needs_of
from bot.profile import label
from bot.spotting import wished
from bot.state import Memory, State
from bot.turn import BotServices
from nlu.entities import EntityExtractor
from nlu.understanding import Context
from tests.bot.conftest import MakeTurn

TODAY = date(2026, 11, 23)
EMPLOYER = State({"status": "employer", "project": "company_need"})
KNOWN = State(
    {"status": "employer", "project": "company_need", "target_job": "H2913", "company_size": 18, "location": "88413"},
    memory=Memory(asked={"start_date": 1}, needs=("hire",)),
)


@pytest.fixture(scope="session")
def extractor(services: BotServices) -> EntityExtractor:
    return EntityExtractor(services.catalogue, services.search.embedder, services.search.finder)


def told(make: MakeTurn, extractor: EntityExtractor, text: str, asked: str | None = None) -> dict[str, object]:
    """The need that a message of an employer tells."""
    found = extractor.extract(text, Context(TODAY, asked))
    made = make("company_need", text=text, state=EMPLOYER, asked_field=asked)
    entities = [
        {"entity": one.entity, "value": one.value, "start": one.start, "end": one.end, "role": one.role}
        for one in found
    ]
    heard = made.heard.model_validate({**made.heard.model_dump(), "entities": entities})
    return dict(needs_of(heard, EMPLOYER, made.metadata))


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("il me faut trois soudeurs d'ici mars", {"people_count": 3, "needed_by": "2027-03"}),
        ("on doit former 12 personnes avant juin", {"people_count": 12, "needed_by": "2027-06"}),
        ("j'ai besoin de quelqu'un tout de suite", {"people_count": 1, "needed_by": "now"}),
        ("j'ai 9 salariés et je cherche à former mon second", {}),
        ("j'ai quatre salariés à former au printemps", {"people_count": 4, "needed_by": "2027-spring"}),
        ("on cherche 2 apprentis pour la rentrée", {"people_count": 2, "needed_by": "2027-school"}),
        ("on recrute cinq personnes dans trois mois", {"people_count": 5, "needed_by": "2027-02"}),
        ("j'ai une dizaine de personnes à former", {"people_count": 10}),
        ("je dirige une menuiserie de 18 salariés", {}),
        ("une entreprise de 40 personnes à Troyes", {}),
        ("on existe depuis 12 ans", {}),
    ],
)
def test_number_and_delay_are_understood(
    turn: MakeTurn, extractor: EntityExtractor, text: str, need: dict[str, object]
) -> None:
    assert told(turn, extractor, text) == need


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("trois, pour mars", {"people_count": 3, "needed_by": "2027-03"}),
        ("2", {"people_count": 2}),
        ("une vingtaine", {"people_count": 20}),
        ("le plus vite possible", {"needed_by": "now"}),
        ("je ne sais pas", {}),
    ],
)
def test_short_answers_are_read_by_the_question(
    turn: MakeTurn, extractor: EntityExtractor, text: str, need: dict[str, object]
) -> None:
    assert told(turn, extractor, text, "start_date") == need


def test_who_is_no_employer_tells_no_need_of_a_company(turn: MakeTurn) -> None:
    made = turn("find_training", text="je cherche 2 formations tout de suite", state=State({"status": "employee"}))
    assert needs_of(made.heard, made.state, made.metadata) == {}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("now", "tout de suite"),
        ("2027-03", "mars 2027"),
        ("2027-spring", "printemps 2027"),
        ("2027-03-15", "15/03/2027"),
    ],
)
def test_a_delay_is_said_in_french(services: BotServices, value: str, said: str) -> None:
    assert label("needed_by", value, services.catalogue) == said


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("former mes salariés", ("train",)),
        ("je n'arrive pas à recruter", ("hire",)),
        ("recruter et former", ("train", "hire")),
        ("je cherche une AFEST pour mes ouvriers", ("train",)),
        ("on cherche des soudeurs", ("hire",)),
        ("bonjour", ()),
    ],
)
def test_training_is_told_from_hiring(text: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of_need(text) == kinds


def test_one_person_is_said_in_the_singular(services: BotServices) -> None:
    assert label("people_count", 1, services.catalogue) == "1 personne"


def test_a_need_without_a_skill_is_no_search(turn: MakeTurn, extractor: EntityExtractor) -> None:
    for text in ("on doit former 12 personnes", "j'ai besoin de quelqu'un tout de suite"):
        assert wished(text) == ""
    assert wished("former trois personnes au soudage TIG")


def test_number_and_delay_are_asked_once_in_one_question(turn: MakeTurn) -> None:
    state = State({**EMPLOYER.profile, "target_job": "H2913"})
    step = interview.advance(turn("company_need", text="j'ai besoin de soudeurs", state=state))
    assert step.asked_field == "start_date"
    last = step.effects[-1]
    assert isinstance(last, Say)
    assert "Combien" in last.text
    again = interview.advance(turn("dont_know", state=step.state.note(refused=("start_date",)), seq=5))
    assert again.asked_field == "company_size"


def test_at_most_three_questions_come_before_the_certifications(turn: MakeTurn) -> None:
    step = interview.advance(turn("company_need", text="j'ai un besoin", state=EMPLOYER))
    assert step.asked_field == "target_job"
    found = interview.advance(turn("inform", state=step.state.learn({"target_job": "H2913"}, 5), seq=5))
    assert any(isinstance(effect, Say) and effect.kind == "certifications" for effect in found.effects)


def test_once_the_need_is_known_it_is_answered_with_sources_and_the_engineer_is_offered(turn: MakeTurn) -> None:
    step = interview.advance(turn("inform", state=KNOWN.learn({"people_count": 3, "needed_by": "now"}, 3)))
    ways = next(e for e in step.effects if isinstance(e, Say) and "répondre à votre besoin" in e.text)
    assert "3 personnes, tout de suite" in ways.text
    assert "POEI" in ways.text
    assert "vérifié le" in ways.text
    assert ways.payload
    assert ways.payload["sources"]
    assert step.state.memory.pending_reason == "company_project"
    assert "répondre à votre besoin" not in "".join(
        e.text for e in interview.advance(turn("inform", state=step.state, seq=5)).effects if isinstance(e, Say)
    )


def test_the_delay_decides_what_comes_first(services: BotServices) -> None:
    def first(state: State) -> str:
        return solutions(state, "hire", services.catalogue, services.funding, TODAY)[0].id

    assert first(KNOWN.learn({"needed_by": "now"}, 1)) == "poei"
    assert first(KNOWN.learn({"needed_by": "2027-09"}, 1)) == "contrat_apprentissage"
    assert needed_soon(KNOWN.learn({"needed_by": "2027-02"}, 1), TODAY)
    assert not needed_soon(KNOWN.learn({"needed_by": "2027-spring"}, 1), TODAY)


def test_a_group_training_is_not_proposed_for_one_person(services: BotServices) -> None:
    found = solutions(KNOWN.learn({"people_count": 1}, 1), "hire", services.catalogue, services.funding, TODAY)
    assert "poec" not in {one.id for one in found}


def test_the_size_that_closes_the_funds_of_the_opco_is_said(services: BotServices) -> None:
    state = KNOWN.learn({"company_size": 80}, 1)
    found = {one.id: one for one in solutions(state, "train", services.catalogue, services.funding, TODAY)}
    assert "80" in found["opco_plan"].text


def test_the_action_plan_holds_the_need_and_what_answers_it(services: BotServices) -> None:
    state = KNOWN.learn({"people_count": 3, "needed_by": "2027-03"}, 1)
    plan = action_plan(PlanRecord(state, None, None, TODAY), services.catalogue, services.funding)
    sections = {one.id: one for one in plan.sections}
    said = " ".join(item.text for item in sections["situation"].items)
    assert "3 personnes" in said
    assert "mars 2027" in said
    assert "POEI" in " ".join(item.text for item in sections["ways"].items)
