"""What a message asks besides what its intent answers is answered too: who pays, a right, a notion, a job, a hub."""

from dataclasses import replace

import pytest

from bot import answers, funding, interview
from bot.facts import facts_of
from bot.listening import listen
from bot.messages import Effect, OpenHandover, Say
from bot.spotting import likes
from bot.state import Memory, State
from bot.wondering import asks, will_not_say
from tests.bot.conftest import MakeTurn

JOBSEEKER = {"status": "jobseeker", "target_job": "M1203"}


def kinds(effects: tuple[Effect, ...]) -> list[str]:
    return [effect.kind for effect in effects if isinstance(effect, Say)]


def texts(effects: tuple[Effect, ...]) -> str:
    return "\n".join(effect.text for effect in effects if isinstance(effect, Say))


@pytest.mark.parametrize(
    "text",
    [
        "devenir grutier, comment je finance ça",
        "un CAP de plombier mais qui va régler la note ?",
        "qui c'est qui paierait ?",
        "niveau sous, ça se passe comment",
        "je n'ai pas les moyens, on fait comment ?",
        "y a des aides ?",
        "c'est gratuit comme formation ?",
        "combien ça va me revenir ?",
        "ce serait payé par mon agence ?",
    ],
)
def test_who_pays_is_heard_in_many_words(text: str) -> None:
    assert asks("who_pays", text)


@pytest.mark.parametrize(
    "text",
    ["je voudrais être conseiller financier", "les aides-soignantes", "une aide pour choisir", "la finance m'attire"],
)
def test_who_pays_is_not_heard_elsewhere(text: str) -> None:
    assert not asks("who_pays", text)


@pytest.mark.parametrize("intent", ["explore_jobs", "find_training", "change_career", "review_skills", "inform"])
def test_who_pays_is_answered_in_any_project(turn: MakeTurn, intent: str) -> None:
    state = State(dict(JOBSEEKER))
    step = interview.advance(turn(intent, ("job", "M1203", "target"), text="comptable, et qui paie ?", state=state))
    assert "funding" in kinds(step.effects)


def test_without_a_situation_it_is_asked_and_the_plan_follows(turn: MakeTurn) -> None:
    state = State({"target_job": "M1203"})
    step = interview.advance(turn("find_training", text="comptable, et qui paie ?", state=state))
    assert step.asked_field == "status"
    told = step.state.learn({"status": "employee"}, 5)
    plan = interview.advance(turn("inform", text="salarié", state=told, seq=5, asked_field="status"))
    assert "funding" in kinds(plan.effects)


@pytest.mark.parametrize(
    ("intent", "text", "topic"),
    [
        ("company_need", "l'OPCO peut prendre en charge une partie ?", "opco_plan"),
        ("find_training", "avec le PTP c'est possible ?", "ptp"),
        ("ask_info", "Transitions Pro paierait ma VAE ?", "vae_transitions_pro"),
    ],
)
def test_a_right_to_a_scheme_is_a_verdict(turn: MakeTurn, intent: str, text: str, topic: str) -> None:
    status = "employer" if intent == "company_need" else "employee"
    state = State({"status": status, "project": "validate_experience" if "VAE" in text else "find_training"})
    given = turn(intent, ("topic", topic), text=text, state=state)
    effects = answers.answer(given)[0] if intent.startswith("ask") else interview.advance(given).effects
    plan = next(one for one in effects if isinstance(one, Say) and one.kind == "funding")
    assert plan.payload is not None
    assert plan.payload["lines"][0]["scheme"] == topic  # type: ignore[index, call-overload]


def test_what_a_scheme_is_is_only_explained(turn: MakeTurn) -> None:
    given = turn("ask_info", ("topic", "ptp"), text="c'est quoi le PTP ?", state=State(dict(JOBSEEKER)))
    effects, _ = answers.answer(given)
    assert "funding" not in kinds(effects)


def test_a_scheme_just_explained_is_meant_without_its_name(turn: MakeTurn) -> None:
    state = State(dict(JOBSEEKER)).note(topic="ardan")
    effects, _ = answers.answer(turn("ask_eligibility", text="et moi j'y ai droit ?", state=state))
    plan = next(one for one in effects if isinstance(one, Say) and one.kind == "funding")
    assert plan.payload is not None
    assert plan.payload["lines"][0]["scheme"] == "ardan"  # type: ignore[index, call-overload]


def test_a_question_taken_for_a_project_is_answered(turn: MakeTurn) -> None:
    state = State(dict(JOBSEEKER)).note(proposed=("RNCP35633",), proposed_for="x")
    given = turn("find_training", text="et ça dure longtemps ?", state=state)
    heard = given.heard.model_copy(update={"guesses": ("find_training", "ask_schedule", "inform")})
    found = answers.best_answer(type(given)(given.metadata, heard, state, given.services), state)
    assert found is not None
    assert "durée" in texts(found[0])


@pytest.mark.parametrize(
    "text", ["remontrez-moi les formations", "bon, et les diplômes de comptable ?", "y a quoi comme titre"]
)
def test_the_list_is_shown_again_when_asked_for(text: str) -> None:
    assert asks("list", text)


def test_nothing_else_is_no_wish_for_others() -> None:
    assert not asks("others", "le brevet, rien d'autre")
    assert asks("others", "vous avez autre chose ?")


@pytest.mark.parametrize("text", ["un truc avec les chevaux", "quelque chose dans la musique", "un boulot où on bouge"])
def test_a_vague_wish_is_a_taste(text: str) -> None:
    assert likes(text)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("mon salaire, je préfère ne pas le dire", ("monthly_gross_salary",)),
        ("mon âge ne vous regarde pas, ça ne vous regarde pas", ("age",)),
        ("je ne veux pas donner mon numéro ni mon mail", ("phone", "email")),
        ("je ne veux pas travailler le soir", ()),
    ],
)
def test_what_is_refused_by_name_is_not_asked(text: str, fields: tuple[str, ...]) -> None:
    assert set(will_not_say(text)) == set(fields)


def test_the_price_of_talking_is_not_that_of_a_training(turn: MakeTurn) -> None:
    assert asks("free", "il faut payer pour discuter ici ?")
    assert not asks("free", "la formation est gratuite ?")
    effects, _ = answers.answer(turn("ask_price", text="c'est payant de vous parler ?"))
    assert kinds(effects) == ["text"]


def test_the_hubs_nearest_to_a_town_are_named(turn: MakeTurn) -> None:
    effects, _ = answers.answer(turn("ask_hub", ("location", "57463"), text="y en a un près de Metz ?"))
    assert "Thionville" in texts(effects)


def test_a_diploma_of_another_country_leads_to_a_person(turn: MakeTurn) -> None:
    text = "mon diplôme du Cameroun est valable ici ?"
    effects, state = answers.answer(turn("ask_eligibility", text=text))
    assert state.memory.pending_reason == "foreign_diploma"
    assert "funding" not in kinds(effects)


def test_a_new_reason_joins_the_request_that_is_open(turn: MakeTurn) -> None:
    text = "et mon diplôme du Maroc, il sert à quelque chose ?"
    given = turn("ask_info", text=text, owner="waiting", handover_reasons=["asked"])
    effects, _ = answers.answer(given)
    assert ("foreign_diploma",) in [one.reasons for one in effects if isinstance(one, OpenHandover)]


def test_what_a_job_is_made_of_is_told_before_its_diplomas(turn: MakeTurn) -> None:
    state = State({"project": "explore_jobs"})
    given = turn("explore_jobs", ("job", "M1203"), text="c'est quoi comme métier ?", state=state)
    catalogue = given.services.catalogue
    job = replace(catalogue.jobs["M1203"], definition="Il tient les comptes.\nIl prépare le bilan")
    known = replace(given.services, catalogue=replace(catalogue, jobs={**catalogue.jobs, "M1203": job}))
    said = texts(interview.advance(replace(given, services=known)).effects)
    assert said.index("Il tient les comptes.") < said.index("• Il prépare le bilan")


@pytest.mark.parametrize(
    ("fact", "value"), [("training_cost", 2400), ("cpf_balance", 3000), ("unemployment_benefit", True)]
)
def test_a_sum_told_after_the_plan_makes_it_again(turn: MakeTurn, fact: str, value: object) -> None:
    known = State(dict(JOBSEEKER) | {"cpf_balance": 900, "registered_france_travail": True, "age": 40})
    _, state = funding.funding(turn("ask_funding", state=known), known)
    told = state.learn({fact: value}, 5)  # type: ignore[dict-item]
    assert "funding" in kinds(interview.advance(turn("inform", text="…", state=told, seq=5)).effects)


def test_steps_asked_without_a_name_are_those_of_the_scheme_spoken_of(turn: MakeTurn) -> None:
    state = State({"status": "employee", "target_job": "M1203"}).note(funding="ptp", topic="ptp")
    effects, _ = answers.answer(turn("ask_steps", text="je dois demander combien de temps avant ?", state=state))
    assert "transition" in texts(effects)


@pytest.mark.parametrize("text", ["aucun", "rien du tout", "bah rien"])
def test_no_diploma_is_said_in_a_word(turn: MakeTurn, text: str) -> None:
    given = turn("inform", text=text, asked_field="education_level")
    assert facts_of(given.heard, State(), "education_level")["education_level"] == 0


def test_a_diploma_that_was_failed_is_not_aimed_at(turn: MakeTurn) -> None:
    given = turn("explore_jobs", ("certification", "BTS"), text="j'ai loupé mon BTS, je sais pas quoi faire")
    assert "target_certification" not in facts_of(given.heard, State(), None)


def test_what_a_notion_is_comes_before_the_question_of_the_plan(turn: MakeTurn) -> None:
    state = State({"status": "employee"})
    topic = ("topic", "bilan_competences")
    effects, _ = answers.answer(turn("ask_price", topic, text="c'est quoi un bilan et ça coûte combien ?", state=state))
    assert kinds(effects)[-1] == "question"


def test_trades_that_hire_name_no_job(turn: MakeTurn) -> None:
    given = turn("ask_outcomes", ("job", "M1203"), text="y a quoi comme métiers qui recrutent ?")
    assert "target_job" not in facts_of(given.heard, State(), None)


def test_two_schemes_asked_about_get_two_verdicts(turn: MakeTurn) -> None:
    state = State(
        {"status": "employee", "contract_type": "cdi", "seniority_months": 30, "company_seniority_months": 30}
    )
    schemes = (("topic", "ptp"), ("topic", "demission_reconversion"))
    effects, _ = answers.answer(turn("ask_eligibility", *schemes, text="les deux, j'y ai droit ?", state=state))
    assert "60" in texts(effects) or "cinq ans" in texts(effects)


def test_who_wants_no_more_questions_gets_none(turn: MakeTurn) -> None:
    given = turn("inform", text="arrêtez avec toutes ces questions")
    state = listen(given.heard, State({"target_job": "M1203"}), given.metadata, given.services.catalogue)
    step = interview.advance(replace(given, state=state))
    assert step.asked_field is None


@pytest.mark.parametrize("text", ["le BTS c'est quel niveau ?", "un CAP ça correspond à quoi comme niveau"])
def test_the_level_of_a_kind_of_diploma_is_told_without_choosing_one(turn: MakeTurn, text: str) -> None:
    named = "BTS" if "BTS" in text else "CAP"
    effects, _ = answers.answer(turn("ask_certification", ("certification", named), text=text))
    assert "niveau 3" in texts(effects)


@pytest.mark.parametrize("text", ["quelles formations pour ça, et qui paie ?", "quels diplômes, et qui peut payer ?"])
def test_the_list_is_shown_along_with_who_pays(turn: MakeTurn, text: str) -> None:
    said, _ = answers.answer(turn("ask_funding", text=text, state=State(dict(JOBSEEKER))))
    assert {"certifications", "funding"} <= set(kinds(said))


def test_diplomas_asked_for_are_no_question_on_jobs(turn: MakeTurn) -> None:
    said, _ = answers.answer(turn("ask_outcomes", text="quels diplômes alors ?", state=State(dict(JOBSEEKER))))
    assert "certifications" in kinds(said)


def test_how_to_use_it_is_asked_of_what_was_spoken_of(turn: MakeTurn) -> None:
    state = State(dict(JOBSEEKER), memory=Memory(topic="cpf"))
    said, _ = answers.answer(turn("ask_steps", text="comment je fais pour m'en servir ?", state=state))
    assert "compte personnel de formation" in texts(said)


def test_a_notion_does_not_hide_the_scheme_spoken_of_before(turn: MakeTurn) -> None:
    before = State({"status": "employee", "contract_type": "cdi"}, memory=Memory(topic="periode_reconversion"))
    asked = turn("ask_eligibility", ("topic", "cqp"), text="et pour un CQP, y ai-je droit ?", state=before)
    said, _ = answers.answer(replace(asked, state=before.note(topic="cqp")))
    assert "Période de reconversion" in texts(said)


@pytest.mark.parametrize(("benefit", "named"), [(True, "AREF"), (None, "AREF"), (False, "RFFT")])
def test_what_one_lives_on_meanwhile_is_answered_to_a_jobseeker(
    turn: MakeTurn, benefit: bool | None, named: str
) -> None:
    known = {} if benefit is None else {"unemployment_benefit": benefit}
    state = State({**JOBSEEKER, "registered_france_travail": True, **known})
    said, _ = answers.answer(turn("ask_funding", text="pendant le stage, je garde mes allocations ?", state=state))
    assert named in texts(said)


def test_an_employer_who_asks_for_the_plan_is_answered_on_their_opco(turn: MakeTurn) -> None:
    state = State({"status": "employer", "company_size": 70})
    said, _ = answers.answer(turn("ask_funding", ("topic", "plan_developpement"), text="le plan paie ?", state=state))
    assert "50" in texts(said)


def test_what_it_is_about_is_a_question_of_words() -> None:
    assert asks("what", "le CEP, de quoi s'agit-il ?")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("embauchée en CDI en mai ; avant, j'enchaînais les missions d'", True),
        ("j'ai été deux ans en ", True),
        ("je suis en ", False),
        ("j'ai fait une demande, je suis en ", False),
    ],
)
def test_what_was_before_is_told_from_what_is(text: str, before: bool) -> None:
    assert asks("before_now", text) is before
