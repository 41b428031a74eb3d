"""What is asked and proposed next."""

import pytest

from bot import answers, contact, funding, funding_again, interview, passing_on
from bot.messages import OpenHandover, Profile, Say
from bot.refining import refine
from bot.state import Memory, State
from bot.turn import BotServices
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


def test_two_jobs_hesitated_between_are_shown_side_by_side(turn: MakeTurn) -> None:
    state = State({"target_job": "J1501"}, {"target_job": [3]}, Memory(aims=("J1501", "M1203")))
    step = interview.advance(turn("explore_jobs", state=state))
    shown = [message for message in said(step) if message.kind == "certifications"]
    assert len(shown) == 2
    question = said(step)[-1]
    assert [choice.meaning.facts["target_job"] for choice in question.choices] == ["J1501", "M1203"]


def test_what_is_asked_for_again_is_shown_again_in_other_words(turn: MakeTurn) -> None:
    first = interview.advance(turn("find_training", state=State({"target_job": "M1203"})))
    again = interview.advance(turn("find_training", text="montrez-moi les formations", state=first.state, seq=5))
    texts = [next(m.text for m in said(step) if m.kind == "certifications") for step in (first, again)]
    assert texts[0].splitlines()[0] != texts[1].splitlines()[0]
    assert texts[0].splitlines()[1:] == texts[1].splitlines()[1:]


def test_a_list_that_does_not_change_is_recalled_not_repeated(turn: MakeTurn) -> None:
    first = interview.advance(turn("find_training", state=State({"target_job": "M1203"})))
    same_aims = first.state.note(proposed_for="before")
    again = interview.advance(turn("inform", state=same_aims.learn({"location": "08105"}, 5), seq=5))
    recalled = said(again)[1]
    assert "les mêmes" in recalled.text
    assert "•" not in recalled.text
    assert recalled.payload
    assert len(recalled.payload["items"]) == 2  # type: ignore[arg-type]
    asked = answers.answer(turn("ask_schedule", ("job", "M1203", None), text="combien de temps ?", state=first.state))
    assert "les mêmes" in " ".join(effect.text for effect in asked[0] if isinstance(effect, Say))


@pytest.mark.parametrize("intent", ["ask_info", "ask_eligibility"])
@pytest.mark.parametrize("text", ["mon administration peut refuser ?", "mon employeur peut refuser ?"])
def test_whether_a_public_employer_may_refuse_is_answered_for_public_agents(
    turn: MakeTurn, intent: str, text: str
) -> None:
    effects, state = answers.answer(turn(intent, text=text, state=State({"status": "public_agent"})))
    notice, asked = (effect for effect in effects if isinstance(effect, Say))
    assert "L'employeur peut donc refuser" in notice.text
    assert "03/03/2026" in notice.text
    assert "30 jours" not in notice.text
    assert "pas de réponse sûre" in asked.text
    assert state.memory.pending == "offer_handover"


def test_interests_without_a_job_lead_to_jobs(turn: MakeTurn) -> None:
    state = State({"project": "explore_jobs"}, memory=Memory(query="ce que j'aime, c'est aider les gens"))
    step = interview.advance(turn("explore_jobs", text="ce que j'aime, c'est aider les gens", state=state))
    assert "jobs" in {message.kind for message in said(step)}


def test_who_wants_to_learn_the_basics_is_shown_no_job(turn: MakeTurn) -> None:
    state = State({"project": "learn_basics"}, memory=Memory(query="me servir d'une tablette"))
    step = interview.advance(turn("learn_basics", text="me servir d'une tablette", state=state))
    assert "jobs" not in {message.kind for message in said(step)}


@pytest.mark.parametrize("facts", [{}, {"location": "08409"}])
def test_who_wants_to_learn_the_basics_is_led_to_a_person_first(turn: MakeTurn, facts: Profile) -> None:
    step = interview.advance(turn("inform", state=State({"project": "learn_basics", **facts})))
    labels = [choice.label for choice in said(step)[-1].choices]
    assert labels[0] == "Parler à une personne"
    assert labels.count("Parler à une personne") == 1


def test_a_student_is_not_asked_for_a_job_of_today(turn: MakeTurn) -> None:
    state = State({"project": "review_skills", "status": "student"})
    assert interview.advance(turn("review_skills", state=state)).asked_field != "current_job"


def test_who_wants_an_apprenticeship_is_told_what_it_asks(turn: MakeTurn) -> None:
    shown = interview.advance(turn("find_training", state=State({"target_job": "D1102"}))).state
    state = shown.learn({"modality": ["apprenticeship"]}, 5)
    step = interview.advance(turn("inform", state=state, seq=5))
    text = " ".join(message.text for message in said(step))
    assert "employeur" in text
    assert "apprentissage" in text


def test_an_apprentice_is_not_asked_what_is_on_their_account(turn: MakeTurn) -> None:
    profile = {"status": "jobseeker", "age": 19, "target_job": "D1102", "modality": ["apprenticeship"]}
    effects, state = funding.funding(turn("ask_funding", state=State(dict(profile))), State(dict(profile)))
    assert state.memory.asked.get("cpf_balance", 0) == 0
    first = effects[0]
    assert isinstance(first, Say)
    assert first.payload is not None
    lines = first.payload["lines"]
    assert isinstance(lines, list)
    assert isinstance(lines[0], dict)
    assert lines[0]["scheme"] == "contrat_apprentissage"


@pytest.mark.parametrize(
    ("facts", "made_again"),
    [({"training_hours": 120}, True), ({"training_cost": 900}, True), ({"training_hours": 200}, False), ({}, False)],
)
def test_a_fact_told_unasked_makes_the_plan_again_where_it_changes_it(
    turn: MakeTurn, facts: dict[str, int], made_again: bool
) -> None:
    profile = {"status": "employee", "contract_type": "cdi", "target_job": "N1103", "training_hours": 300}
    asked = turn("ask_eligibility", ("topic", "periode_reconversion"), state=State(profile))
    _, state = funding.funding(asked, State(profile), "periode_reconversion")
    told = state.learn(dict(facts), 5)
    assert (funding_again.again(turn("correct", state=told, seq=5), told) is not None) is made_again


def test_the_kind_of_training_talked_about_is_that_of_the_plan() -> None:
    assert funding.training_of(State(memory=Memory(about="clea"))).kind == "clea"
    assert funding.training_of(State({"target_job": "M1203"}, memory=Memory(about="clea"))).kind == "rncp"
    assert funding.training_of(State({"target_job": "M1203"}), "licence_b").kind == "licence_b"


def test_how_to_go_about_it_is_answered_with_ways_to_the_aim(turn: MakeTurn) -> None:
    profile = {"target_job": "M1203", "status": "employee", "education_level": 4}
    effects, _state = answers.answer(turn("ask_steps", text="comment je fais ?", state=State(dict(profile))))
    ways = effects[0]
    assert isinstance(ways, Say)
    assert ways.kind == "pathways"
    assert ways.payload is not None
    items, sources = ways.payload["items"], ways.payload["sources"]
    assert isinstance(items, list)
    assert isinstance(sources, list)
    assert 2 <= len(items) <= 4
    assert sources
    assert all(isinstance(item, dict) and str(item["title"]) in ways.text for item in items)


def test_without_an_aim_how_to_go_about_it_stays_general(turn: MakeTurn, empty: State) -> None:
    effects, _state = answers.answer(turn("ask_steps", text="comment je fais ?", state=empty))
    assert "pathways" not in {getattr(effect, "kind", "") for effect in effects}


@pytest.mark.parametrize(
    ("liked", "expected"),
    [
        ("être dehors avec des animaux", "animal"),
        ("cuisiner pour les autres", "uisin"),
        ("travailler avec des enfants", "enfan"),
    ],
)
def test_what_one_likes_leads_to_jobs(services: BotServices, liked: str, expected: str) -> None:
    hits = services.search.jobs_liked(liked)
    assert expected in " ".join(hit.label for hit in hits)
    assert len({hit.rome for hit in hits}) == len(hits) <= 6


def test_nothing_liked_leads_to_no_job(services: BotServices) -> None:
    assert services.search.jobs_liked("") == ()


def test_an_aim_and_who_pays_in_one_breath_are_both_answered(turn: MakeTurn) -> None:
    state = State({"status": "employee"}).learn({"target_job": "M1203", "cpf_balance": 3200}, 3)
    text = "je veux être comptable, j'ai 3 200 € sur mon CPF : quelle formation et qui peut payer ?"
    effects, _ = answers.answer(turn("ask_funding", ("topic", "cpf"), text=text, state=state))
    kinds = [effect.kind for effect in effects if isinstance(effect, Say)]
    assert kinds.index("certifications") < kinds.index("funding")
    funding_said = next(e for e in effects if isinstance(e, Say) and e.kind == "funding")
    assert not funding_said.text.startswith("Compte personnel de formation (CPF)"), (
        "the account was told, not asked about"
    )


def test_a_question_that_tells_facts_has_them_said_back(turn: MakeTurn) -> None:
    state = State().learn({"location": "08105"}, 3)
    effects, _ = answers.answer(turn("ask_price", text="j'habite Charleville, c'est combien ?", state=state))
    assert isinstance(effects[0], Say)
    assert "Charleville" in effects[0].text


def test_an_apprentice_asks_what_they_will_be_paid_not_the_price(turn: MakeTurn) -> None:
    state = State({"age": 17, "modality": ["apprenticeship"], "status": "student"})
    effects, _ = answers.answer(turn("ask_price", text="c'est payé combien ?", state=state))
    assert isinstance(effects[0], Say)
    assert "504,10" in effects[0].text
    assert "devis" not in effects[0].text
    assert "802,82" not in effects[0].text, "only what holds at this age"


def test_what_holds_for_everyone_about_disability_is_said_once(turn: MakeTurn) -> None:
    first, state = answers.answer(turn("ask_disability", text="la formation peut être adaptée ?"))
    again, _ = answers.answer(turn("ask_disability", text="je dois le dire au patron ?", state=state, seq=5))
    before = {effect.text for effect in first if isinstance(effect, Say)}
    assert before.isdisjoint({effect.text for effect in again if isinstance(effect, Say)})


@pytest.mark.parametrize(
    ("profile", "body"),
    [({"status": "employee"}, "CEP"), ({"status": "jobseeker"}, "France Travail"), ({"age": 19}, "mission locale")],
)
def test_who_can_help_names_the_body_made_for_them_and_offers_the_hub(
    turn: MakeTurn, profile: dict[str, object], body: str
) -> None:
    state = State(dict(profile))  # type: ignore[arg-type]
    refined = refine(turn("nlu_fallback", text="qui peut m'accompagner près de Verdun ?", state=state), state)
    assert refined is not None
    said = [effect for effect in refined[0] if isinstance(effect, Say)]
    assert body in said[0].text
    assert said[-1].kind == "question"


def test_nothing_far_is_shown_when_nothing_is_sure(turn: MakeTurn) -> None:
    state = State({"project": "company_need", "status": "employer"}).note(
        query="former nos gars sur la commande numérique"
    )
    step = interview.advance(turn("company_need", state=state))
    shown = next(message for message in said(step) if message.kind == "certifications")
    assert "usinage" in shown.text
    assert "Assistant" not in shown.text


def test_a_record_is_not_said_again_to_each_question_about_its_length(turn: MakeTurn) -> None:
    state = State({"target_job": "M1203"}).note(proposed=("RNCP37121",))
    first, state = answers.answer(turn("ask_schedule", text="ça dure combien ?", state=state))
    again, _ = answers.answer(turn("ask_schedule", text="et c'est long ?", state=state, seq=5))
    assert len(again) < len(first)


def test_an_answer_that_was_not_understood_is_asked_for_again(turn: MakeTurn) -> None:
    state = State({"target_job": "M1203"}).note(asked={"status": 1}, asked_field="status")
    (sorry, again), state = passing_on.not_understood(turn("nlu_fallback", state=state, asked_field="status"))
    assert isinstance(sorry, Say)
    assert isinstance(again, Say)
    assert again.payload == {"field": "status"}
    (opened,), _ = passing_on.not_understood(turn("nlu_fallback", state=state, asked_field="status"))
    assert isinstance(opened, OpenHandover)


def test_who_asked_who_pays_is_told_once_their_situation_is_known(turn: MakeTurn) -> None:
    _, asked = funding.funding(turn("ask_funding"), State())
    state = asked.learn({"status": "jobseeker"}, 3)
    answered = funding_again.again(turn("inform", state=state, asked_field="status"), state)
    assert answered is not None
    assert isinstance(answered[0][0], Say)
    assert answered[0][0].kind == "funding"


@pytest.mark.parametrize(
    ("status", "text", "topic", "scheme"),
    [
        ("employee", "on peut apprendre en gardant son salaire ?", None, "ptp"),
        ("public_agent", "et mon CPF ?", "cpf", "cpf_agent_public"),
        ("public_agent", "un congé de formation ?", "conge_formation", "cfp_agent_public"),
    ],
)
def test_what_is_named_is_answered_for_the_situation(
    turn: MakeTurn, status: str, text: str, topic: str | None, scheme: str
) -> None:
    topics = [("topic", topic)] if topic else []
    said, _ = answers.answer(turn("ask_eligibility", *topics, text=text, state=State({"status": status})))
    plan = next(one for one in said if isinstance(one, Say) and one.kind == "funding")
    assert plan.payload is not None
    assert plan.payload["lines"][0]["scheme"] == scheme  # type: ignore[index, call-overload]


def test_a_skills_review_is_funded_as_one(turn: MakeTurn) -> None:
    state = State({"status": "employee", "project": "review_skills", "cpf_balance": 3500, "age": 47})
    (plan, *_), _ = funding.funding(turn("ask_funding", state=state), state)
    assert isinstance(plan, Say)
    assert "3\u202f500" not in plan.text


def test_the_plan_is_made_again_once_the_kind_of_training_is_known(turn: MakeTurn) -> None:
    _, state = funding.funding(turn("ask_funding", state=State({"status": "employee"})), State({"status": "employee"}))
    aimed = state.learn({"target_job": "M1203"}, 3)
    again = funding_again.made_sure(turn("inform", state=aimed), aimed)
    assert again is not None
    assert isinstance(again[0][0], Say)
    assert again[0][0].kind == "funding"
