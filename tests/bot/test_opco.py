"""«De quel OPCO je dépends ?»: what an employer reads."""

from dataclasses import replace
from datetime import date

import pytest

from bot import funding, interview
from bot.facts import facts_of
from bot.messages import ChoiceMeaning, Effect, Say
from bot.opco import about_opco
from bot.state import Memory, State
from bot.turn import BotServices, Turn
from knowledge.agreements import AgreementFinder
from knowledge.records import Agreement, Source
from tests.bot.conftest import MakeTurn

TABLE = Source(
    "Table des conventions collectives et de leurs OPCO, édition d'août 2020", "https://a.fr", date(2020, 8, 1)
)
OF_SERVICES = "OPCO entreprises et salariés des services à forte intensité de main-d'œuvre"
ROWS = [
    ("1979", "Convention collective nationale des hôtels, cafés, restaurants (HCR)", OF_SERVICES),
    ("1596", "Convention collective nationale concernant les ouvriers du bâtiment", "OPCO Construction"),
    ("2609", "Convention collective nationale des employés du bâtiment", "OPCO Construction"),
    ("83", "Convention collective nationale des menuiseries industrialisées", "OPCO 2i"),
    (None, "Accord national de la métallurgie", "OPCO 2i"),
]  # fmt: skip
AGREEMENTS = {
    one.id: one for one in (Agreement(idcc or "metal", idcc, title, opco, TABLE) for idcc, title, opco in ROWS)
}
EMPLOYER = State({"status": "employer", "project": "company_need"})


@pytest.fixture
def loaded(services: BotServices) -> BotServices:
    """The rooms below once the table was imported."""
    catalogue = replace(services.catalogue, agreements=AGREEMENTS)
    return replace(services, catalogue=catalogue, agreements=AgreementFinder(AGREEMENTS))


def heard(make: MakeTurn, services: BotServices, text: str, state: State = EMPLOYER, **sent: object) -> Turn:
    """A turn whose facts were learnt, as the conversation does before it answers."""
    made = make("inform", text=text, state=state, **sent)
    facts = facts_of(made.heard, state, made.asked_field)
    return replace(made, services=services, state=state.learn(facts, made.metadata.seq))


def texts(answer: tuple[tuple[Effect, ...], State] | None) -> str:
    assert answer is not None
    return "\n".join(effect.text for effect in answer[0] if isinstance(effect, Say))


@pytest.mark.parametrize("text", ["IDCC 1979", "notre convention 1979", "idcc n° 1979, vous pouvez me dire ?"])
def test_a_number_gives_the_opco_with_its_source_and_its_date(turn: MakeTurn, loaded: BotServices, text: str) -> None:
    made = heard(turn, loaded, text)
    said = about_opco(made, made.state)
    assert "AKTO" in texts(said)
    assert "Hôtels, cafés, restaurants" in texts(said)
    assert "août 2020" in texts(said)
    assert said is not None
    assert said[1].profile["opco"] == "AKTO"
    assert said[1].profile["idcc"] == "1979"
    first = said[0][0]
    assert isinstance(first, Say)
    assert first.payload
    assert first.payload["sources"]


@pytest.mark.parametrize(
    ("text", "opco"),
    [
        ("de quel opco je dépends ? on est un hôtel restaurant", "AKTO"),
        ("on est dans le bâtiment, c'est quel opco ?", "Constructys"),
        ("notre convention collective c'est la métallurgie", "OPCO 2i"),
    ],
)
def test_an_activity_whose_agreements_agree_gives_the_opco(
    turn: MakeTurn, loaded: BotServices, text: str, opco: str
) -> None:
    made = heard(turn, loaded, text)
    assert opco in texts(about_opco(made, made.state))


def test_several_possible_the_person_chooses_and_the_choice_gives_the_opco(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "quel est mon opco ? j'ai une menuiserie")
    said = about_opco(made, made.state)
    assert said is not None
    asked = said[0][-1]
    assert isinstance(asked, Say)
    assert asked.kind == "question"
    assert "opco" not in said[1].profile
    industrial = next(choice for choice in asked.choices if "industrialisées" in choice.label)
    touched = heard(turn, loaded, industrial.label, said[1], seq=5, choice=industrial.meaning)
    assert "OPCO 2i" in texts(about_opco(touched, touched.state))


def test_what_only_looks_like_it_is_asked_never_said(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "et l'opco pour les choses industrialisées, c'est lequel ?")
    said = about_opco(made, made.state)
    assert "pas sûr" in texts(said)
    assert said is not None
    assert "opco" not in said[1].profile


def test_an_unknown_number_is_said_with_how_to_find_it_and_a_person(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "idcc 9998")
    said = about_opco(made, made.state)
    assert "pas deviner" in texts(said)
    assert "fiche de paie" in texts(said)
    assert said is not None
    assert said[1].memory.pending_reason == "company_project"


def test_nothing_told_the_agreement_is_asked_and_not_knowing_is_accepted(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "de quel opco je dépends ?")
    said = about_opco(made, made.state)
    assert said is not None
    asked = said[0][-1]
    assert isinstance(asked, Say)
    assert asked.payload == {"field": "idcc"}
    refused = replace(turn("dont_know", text="je ne sais pas", state=said[1], asked_field="idcc"), services=loaded)
    answered = about_opco(refused, refused.state)
    assert "fiche de paie" in texts(answered)
    assert "hub" in texts(answered)


def test_without_the_table_nothing_is_guessed(turn: MakeTurn, services: BotServices) -> None:
    for text in ("IDCC 1979", "on est dans le bâtiment, quel opco ?"):
        made = heard(turn, services, text)
        said = texts(about_opco(made, made.state))
        assert "n'est pas chargée" in said
        assert "fiche de paie" in said


def test_an_opco_that_is_told_is_kept_one_in_doubt_is_not(turn: MakeTurn, loaded: BotServices) -> None:
    assert heard(turn, loaded, "mon opco c'est OPCO 2i").state.profile["opco"] == "OPCO 2i"
    assert "opco" not in heard(turn, loaded, "mon opco c'est constructys je crois").state.profile
    assert "opco" not in heard(turn, loaded, "c'est quoi akto ?").state.profile


def test_the_interview_goes_on_after_the_opco(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "IDCC 1979")
    step = interview.advance(made)
    assert "AKTO" in "\n".join(effect.text for effect in step.effects if isinstance(effect, Say))
    assert step.asked_field == "target_job"


@pytest.mark.parametrize("text", ["c'est quoi un opco ?", "je cherche une formation", "une convention de stage"])
def test_other_messages_are_left_alone(turn: MakeTurn, loaded: BotServices, text: str) -> None:
    made = heard(turn, loaded, text)
    assert about_opco(made, made.state) is None


def test_a_button_about_something_else_is_left_alone(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "Oui", choice=ChoiceMeaning(intent="affirm"))
    assert about_opco(made, made.state) is None


def test_the_activity_of_an_employer_is_remembered_for_later(turn: MakeTurn, loaded: BotServices) -> None:
    state = replace(EMPLOYER, memory=Memory(trade="je dirige un hôtel"))
    made = heard(turn, loaded, "et c'est quoi notre opco ?", state)
    assert "AKTO" in texts(about_opco(made, made.state))


def test_with_a_scheme_of_the_opco_it_is_said_how_to_learn_which_one(turn: MakeTurn, loaded: BotServices) -> None:
    employee = State({"status": "employee", "training_kind": "rncp"})
    made = heard(turn, loaded, "j'ai droit à l'aide de l'opco ?", employee)
    said, after = funding.funding(made, made.state, "opco_plan")
    assert "convention collective" in texts((said, after))
    again, _ = funding.funding(made, after, "opco_plan")
    assert "convention collective" not in texts((again, after))
    known, _ = funding.funding(made, made.state.learn({"opco": "AKTO"}, 3), "opco_plan")
    assert "Votre OPCO : AKTO." in texts((known, after))


def test_the_opco_of_another_branch_is_said_and_not_kept(turn: MakeTurn, loaded: BotServices) -> None:
    made = heard(turn, loaded, "l'opco du bâtiment c'est lequel ?")
    said = about_opco(made, made.state)
    assert "Constructys" in texts(said)
    assert said is not None
    assert "opco" not in said[1].profile


def test_what_an_opco_is_remains_a_question_for_the_notice(turn: MakeTurn, loaded: BotServices) -> None:
    for text in ("c'est quoi l'opco ?", "l'opco c'est quoi ?"):
        made = heard(turn, loaded, text)
        assert about_opco(made, made.state) is None
