"""What is learnt from one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs_told import job_of
from bot.listening import listen
from bot.measures import months
from bot.messages import ChoiceMeaning
from bot.spotting import wished
from bot.state import State
from bot.turn import BotServices, Turn
from tests.bot.conftest import MakeTurn


def heard(turn: Turn) -> State:
    return listen(turn.heard, turn.state, turn.metadata, turn.services.catalogue)


def test_several_facts_at_once_with_their_evidence(turn: MakeTurn) -> None:
    state = heard(
        turn(
            "change_career",
            ("job", "J1501", "current"),
            ("location", "08105"),
            ("contract_type", "cdi"),
            ("duration", "P4Y", "company_seniority"),
            ("job", "M1203", "target"),
            ("amount", 2400),
            ("topic", "cpf"),
        )
    )
    assert state.profile == {
        "current_job": "J1501",
        "location": "08105",
        "contract_type": "cdi",
        "status": "employee",
        "company_seniority_months": 48,
        "target_job": "M1203",
        "cpf_balance": 2400,
        "project": "change_career",
    }
    assert set(map(tuple, state.evidence.values())) == {(3,)}


@pytest.mark.parametrize(
    ("asked", "entity", "field", "value"),
    [
        ("company_seniority_months", ("duration", "P2Y6M", "other"), "company_seniority_months", 30),
        ("experience_months", ("duration", "P10Y", "seniority"), "experience_months", 120),
        ("budget", ("amount", 600), "budget", 600),
        ("current_job", ("job", "G1803"), "current_job", "G1803"),
        ("target_job", ("job", "M1203"), "target_job", "M1203"),
    ],
)
def test_an_answer_is_read_for_the_field_just_asked(
    turn: MakeTurn, asked: str, entity: tuple[object, ...], field: str, value: object
) -> None:
    assert heard(turn("inform", entity, asked_field=asked)).profile[field] == value


def test_a_new_value_replaces_the_old_one(turn: MakeTurn) -> None:
    before = State({"location": "68066"}, {"location": [3]})
    after = heard(turn("correct", ("location", "88160"), state=before, seq=5))
    assert after.profile["location"] == "88160"
    assert after.evidence["location"] == [5]


def test_a_handicap_is_not_kept_without_consent(turn: MakeTurn) -> None:
    assert "disability" not in heard(turn("ask_disability", ("disability", "true"))).profile


def test_consent_is_an_answer_to_the_question(turn: MakeTurn) -> None:
    yes = ChoiceMeaning(intent="affirm", facts={"disability": True})
    assert heard(turn("affirm", choice=yes, asked_field="disability")).profile["disability"] is True
    refused = heard(turn("deny", asked_field="disability"))
    assert "disability" not in refused.profile
    assert "disability" in refused.memory.refused


def test_a_refusal_is_remembered_and_taken_back_by_an_answer(turn: MakeTurn) -> None:
    refused = heard(turn("dont_know", asked_field="education_level"))
    assert refused.memory.refused == ("education_level",)
    answered = heard(turn("inform", ("education_level", 4), state=refused))
    assert answered.memory.refused == ()


def test_a_value_that_does_not_fit_is_left_out(turn: MakeTurn) -> None:
    state = heard(turn("inform", ("location", "00000"), ("status", "king"), ("age", -3)))
    assert state.profile == {}


def test_a_choice_says_just_what_it_means(turn: MakeTurn) -> None:
    meaning = ChoiceMeaning(intent="inform", facts={"status": "jobseeker"})
    assert heard(turn("inform", ("status", "student"), choice=meaning)).profile == {"status": "jobseeker"}


@given(st.integers(0, 60), st.integers(0, 11))
def test_years_and_months_add_up(years: int, rest: int) -> None:
    assert months(f"P{years}Y{rest}M") == 12 * years + rest


@given(st.text(max_size=20))
def test_what_is_no_duration_is_none_or_a_number(text: str) -> None:
    found = months(text)
    assert found is None or found >= 0


def test_a_first_name_that_is_given_is_kept(turn: MakeTurn) -> None:
    assert heard(turn("inform", ("person_name", "Sophie"))).profile["first_name"] == "Sophie"


def test_no_contact_detail_of_a_child_is_kept(turn: MakeTurn) -> None:
    facts = (("age", 13), ("person_name", "Léo"), ("email", "leo@exemple.fr"), ("phone", "+33612345678"))
    assert heard(turn("inform", *facts)).profile == {"age": 13}
    known = State({"age": 14})
    assert heard(turn("inform", ("phone", "+33612345678"), state=known)).profile == {"age": 14}


def test_two_jobs_hesitated_between_are_both_remembered(turn: MakeTurn) -> None:
    state = heard(turn("explore_jobs", ("job", "J1501", "target"), ("job", "M1203", "target")))
    assert state.profile["target_job"] == "J1501"
    assert state.memory.aims == ("J1501", "M1203")
    chosen = heard(turn("correct", ("job", "M1203", "target"), state=state, seq=5))
    assert chosen.profile["target_job"] == "M1203"
    assert chosen.memory.aims == ()


def test_a_job_asked_about_is_looked_into_only_without_another_aim(turn: MakeTurn) -> None:
    assert heard(turn("ask_schedule", ("job", "K1207", None))).profile["target_job"] == "K1207"
    aiming = State({"target_job": "M1203"})
    assert heard(turn("ask_schedule", ("job", "K1207", None), state=aiming)).profile["target_job"] == "M1203"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mon CPF a un plafond de 1500, j'ai 1700 dessus", 1700),
        ("j'ai 800 sur mon CPF et la formation coûte 3000", 800),
    ],
)
def test_a_limit_or_a_price_is_not_what_one_has(turn: MakeTurn, text: str, kept: int) -> None:
    made = turn("inform", text=text)
    words = {word: text.index(word) for word in ("CPF", *{"1500", "1700", "800", "3000"}) if word in text}
    found = [
        {"entity": "topic", "value": "cpf", "start": words.pop("CPF"), "end": 0},
        *({"entity": "amount", "value": int(word), "start": start, "end": start} for word, start in words.items()),
    ]
    said = made.heard.model_validate({"text": text, "intent": "inform", "entities": found})
    state = listen(said, made.state, made.metadata, made.services.catalogue)
    assert state.profile["cpf_balance"] == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("je voudrais retravailler mais pas en vente", ""),
        ("j'aime aider les gens mais pas les longues études", "j'aime aider les gens études"),
        ("m'occuper d'animaux, surtout pas un bureau", "m'occuper d'animaux,"),
        ("je cherche un travail", ""),
    ],
)
def test_what_is_not_wanted_is_not_searched(text: str, kept: str) -> None:
    assert wished(text) == kept


@pytest.mark.parametrize(
    ("text", "name"), [("M. Antoine", "Antoine"), ("moi c'est Lina", "Lina"), ("Mme Dupont", "Dupont")]
)
def test_a_name_is_kept_without_what_comes_before_it(turn: MakeTurn, text: str, name: str) -> None:
    heard = turn("inform", text=text, asked_field="first_name")
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert state.profile["first_name"] == name


def test_who_is_registered_at_france_travail_looks_for_a_job(turn: MakeTurn) -> None:
    heard = turn("inform", text="je suis inscrite à France Travail")
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert state.profile["status"] == "jobseeker"


def test_a_pupil_names_the_job_they_want(turn: MakeTurn) -> None:
    heard = turn("inform", ("job", "D1102", "current"), text="bah boulanger je vous ai dit")
    state = listen(heard.heard, State({"status": "student"}), heard.metadata, heard.services.catalogue)
    assert state.profile["target_job"] == "D1102"
    assert "current_job" not in state.profile


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("je suis adjointe administrative à la mairie de Troyes", True),
        ("je travaille au conseil départemental", True),
        ("je suis fonctionnaire", True),
        ("je suis titulaire d'un bac pro", False),
        ("j'habite à côté de la mairie", False),
    ],
)
def test_who_works_for_the_public_service_is_known_by_their_words(turn: MakeTurn, text: str, public: bool) -> None:
    heard = turn("inform", text=text)
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert (state.profile.get("status") == "public_agent") is public


def test_hours_on_the_account_are_no_length_of_training(turn: MakeTurn) -> None:
    heard = turn("ask_info", ("topic", "cpf"), ("duration", "PT150H", "training"), text="mon cpf, j'ai 150 heures")
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert state.profile == {"cpf_hours": 150}


def test_an_apprenticeship_is_a_way_of_learning(turn: MakeTurn) -> None:
    heard = turn("find_training", ("topic", "apprentissage"), text="je veux faire un apprentissage en boulangerie")
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert state.profile["modality"] == ["apprenticeship"]


def test_years_in_a_job_left_are_no_experience_of_the_one_wanted(turn: MakeTurn) -> None:
    entities = (("job", "J1501", "current"), ("job", "M1203", "target"), ("duration", "P11Y", "experience"))
    heard = turn("change_career", *entities, text="je suis aide-soignante depuis 11 ans, je veux devenir comptable")
    state = listen(heard.heard, State(), heard.metadata, heard.services.catalogue)
    assert "experience_months" not in state.profile
    assert state.profile["seniority_months"] == 132


@pytest.mark.parametrize(
    ("text", "asked", "facts"),
    [
        ("mon CPF est en heures, j'en ai 120", None, {"cpf_hours": 120}),
        ("120", "cpf_hours", {"cpf_hours": 120}),
        ("pas de voiture, 15 km max", None, {"mobility_km": 15}),
        ("un garage veut bien m'embaucher si je me forme", None, {"job_offer": True}),
        ("une entreprise me promet un CDI après la formation", None, {"job_offer": True}),
        ("je suis en fin de droits", None, {"unemployment_benefit": False}),
        ("titulaire à l'hôpital de Verdun", None, {"status": "public_agent", "public_branch": "hospital"}),
        ("je travaille à l'usine", None, {"status": "employee"}),
        ("je cherche", "status", {"status": "jobseeker"}),
        ("élève", "status", {"status": "student"}),
        ("la garde de ma fille", None, {}),
    ],
)
def test_facts_told_in_passing_are_kept(turn: MakeTurn, text: str, asked: str | None, facts: dict[str, object]) -> None:
    assert heard(turn("inform", text=text, asked_field=asked)).profile == facts


def test_what_is_aimed_at_is_not_what_one_is(turn: MakeTurn) -> None:
    state = State({"status": "employee"})
    said = turn("inform", ("status", "employer"), text="chef d'entreprise", state=state, asked_field="target_job")
    assert heard(said).profile["status"] == "employee"


def test_what_one_likes_is_searched_even_where_nothing_was_asked(turn: MakeTurn) -> None:
    state = heard(turn("inform", text="j'aime bien bricoler et réparer"))
    assert state.text("project") == "explore_jobs"
    assert state.memory.query is not None


def test_a_diploma_said_alone_is_the_one_held(turn: MakeTurn) -> None:
    assert heard(turn("inform", ("certification", "BAC"), text="le bac")).profile == {"education_level": 4}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("j'ai zéro sur mon CPF", {"cpf_balance": 0}),
        ("au chômage inscrit indemnisé", {"registered_france_travail": True, "unemployment_benefit": True}),
        (
            "inscrite à France Travail sans allocation",
            {"registered_france_travail": True, "unemployment_benefit": False},
        ),
    ],
)
def test_what_one_has_and_has_not_is_heard(turn: MakeTurn, text: str, facts: dict[str, object]) -> None:
    profile = heard(turn("inform", text=text)).profile
    assert {name: profile.get(name) for name in facts} == facts


def test_points_are_those_of_the_account_just_spoken_of(turn: MakeTurn) -> None:
    state = State().note(topic="cpf_c2p")
    assert heard(turn("inform", text="j'ai 14 points", state=state)).profile == {"c2p_points": 14}
    assert heard(turn("inform", text="j'ai 14 points sur mon permis")).profile == {}


def test_a_corrected_length_is_that_of_the_work_told_last(turn: MakeTurn) -> None:
    state = State().learn({"seniority_months": 36}, 1)
    said = turn("correct", ("duration", "P13Y", "other"), state=state)
    assert heard(said).profile["seniority_months"] == 156


def test_hours_are_those_of_the_account_where_these_were_asked(turn: MakeTurn) -> None:
    said = turn("inform", ("duration", "PT150H", "training"), text="150 heures", asked_field="cpf_hours")
    assert heard(said).profile == {"cpf_hours": 150}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("sinon plombier c'est mieux ?", "ask_outcomes"),
        ("éducatrice spécialisée je veux bien voir", "find_training"),
        ("infirmière après c'est possible ?", "ask_schedule"),
    ],
)
def test_a_job_only_mentioned_is_not_the_one_that_is_done(turn: MakeTurn, text: str, intent: str) -> None:
    mentioned = turn(intent, ("job", "F1603", "current"), text=text)
    state = listen(mentioned.heard, State({"current_job": "G1803"}), mentioned.metadata, mentioned.services.catalogue)
    assert state.profile["current_job"] == "G1803"


def test_a_job_that_is_ones_own_replaces_the_one_known(turn: MakeTurn) -> None:
    told = turn("find_training", ("job", "F1603", "current"), text="je suis plombier, que faire ?")
    state = listen(told.heard, State({"current_job": "G1803"}), told.metadata, told.services.catalogue)
    assert state.profile["current_job"] == "F1603"


@pytest.mark.parametrize(
    ("certification", "known", "job"),
    [
        ("RNCP40707", {}, "D1202"),
        ("RNCP39266", {}, "D1202"),
        ("RNCP40707", {"target_job": "D1102"}, None),
        ("CAP", {}, None),
        (None, {}, None),
    ],
)
def test_a_diploma_of_one_job_says_which_one_is_aimed_at(
    services: BotServices, certification: str | None, known: dict[str, str], job: str | None
) -> None:
    assert job_of(certification, {}, State(dict(known)), services.catalogue) == job


def test_a_diploma_of_many_jobs_says_none(services: BotServices) -> None:
    wide = next(one for one in services.catalogue.certifications.values() if len({c[:3] for c in one.rome}) > 2)
    assert job_of(wide.code, {}, State(), services.catalogue) is None
