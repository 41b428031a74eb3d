"""«Plus simple, s'il vous plaît» : the last answer again, in easy sentences, and so from then on."""

from bot import answers, course
from bot.listening import listen
from bot.messages import Say
from bot.rephrasing import keep_said
from bot.state import Memory, State
from bot.wording import easy_replies, replies, speaking
from tests.bot.conftest import MakeTurn


def answered(turn: MakeTurn, intent: str, *entities: tuple[object, ...], state: State | None = None) -> State:
    with speaking(simple=False):
        _, after = answers.answer(turn(intent, *entities, state=state))
        return keep_said(after, 3)


def simpler(turn: MakeTurn, state: State) -> tuple[str, State]:
    with speaking(simple=state.memory.simple):
        said, after = answers.answer(turn("ask_rephrase", text="plus simple svp", state=state, seq=5))
    return "\n".join(effect.text for effect in said if isinstance(effect, Say)), after


def test_what_was_just_said_is_said_again_in_easy_words(turn: MakeTurn, empty: State) -> None:
    text, after = simpler(turn, answered(turn, "ask_outcomes", state=empty))
    assert text == easy_replies().get("answers.outcomes_unknown")
    assert after.memory.simple


def test_a_notice_is_said_again_in_its_easy_form(turn: MakeTurn, empty: State) -> None:
    before = turn("ask_info")
    notice = before.services.notices.by_id("vae")
    assert notice is not None
    text, _ = simpler(turn, answered(turn, "ask_info", ("topic", "vae"), state=empty))
    assert notice.simple.strip() in text


def test_an_offer_of_a_person_stays_open(turn: MakeTurn, empty: State) -> None:
    asked = answered(turn, "ask_disability", state=empty)
    assert asked.memory.pending_reason == "disability"
    text, after = simpler(turn, asked)
    assert easy_replies().get("escalation.disability") in text
    assert after.memory.pending == "offer_handover"


def test_the_easy_way_of_speaking_lasts_until_the_usual_one_is_asked_for(turn: MakeTurn, empty: State) -> None:
    state = State(memory=Memory(simple=True))
    with speaking(simple=True):
        said, _ = answers.answer(turn("ask_price", state=state))
        assert isinstance(said[0], Say)
        assert said[0].text == easy_replies().get("answers.price")
    for text, simple in (("ok", True), ("parlez normalement", False)):
        heard = turn("inform", text=text, state=state)
        assert listen(heard.heard, state, heard.metadata, heard.services.catalogue).memory.simple is simple


def test_who_learns_to_read_is_spoken_to_in_easy_words_but_not_their_employer(turn: MakeTurn, empty: State) -> None:
    learner = turn("learn_basics", text="je veux apprendre à lire", state=empty)
    assert listen(learner.heard, empty, learner.metadata, learner.services.catalogue).memory.simple
    employer = turn("company_need", text="j'ai deux salariés qui ne savent pas lire", state=empty)
    assert not listen(employer.heard, empty, employer.metadata, employer.services.catalogue).memory.simple


def test_starting_again_keeps_the_way_of_speaking(turn: MakeTurn) -> None:
    _, after = course.start_again(turn("restart", state=State(memory=Memory(simple=True))))
    assert after.memory.simple


def test_without_anything_to_say_again_the_assistant_says_what_it_can_do(turn: MakeTurn, empty: State) -> None:
    text, _ = simpler(turn, empty)
    assert text in {replies().get("answers.simpler"), easy_replies().get("answers.simpler")}


def test_a_doubt_said_again_still_offers_a_person(turn: MakeTurn, empty: State) -> None:
    unsure = answered(turn, "ask_info", state=empty)
    with speaking(simple=False):
        said, after = answers.answer(turn("ask_rephrase", state=unsure, seq=5))
    last = said[-1]
    assert isinstance(last, Say)
    assert [choice.id for choice in last.choices] == ["yes", "no"]
    assert after.memory.pending == "offer_handover"


def test_the_plan_of_who_pays_is_said_again_in_short_lines(turn: MakeTurn) -> None:
    profile = {"status": "employee", "cpf_balance": 1500, "training_cost": 2000, "training_kind": "rncp"}
    before = answered(turn, "ask_funding", state=State({**profile, "contract_type": "cdi", "age": 40}))
    text, _ = simpler(turn, before)
    assert "Regardez d'abord : Compte personnel de formation (CPF)." in text
    assert "Il vous reste 500" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert "À faire maintenant" in text
    assert "Source" in text


def test_a_scheme_asked_about_comes_first_in_the_easy_plan(turn: MakeTurn) -> None:
    state = State({"status": "public_agent", "training_kind": "rncp"})
    text, _ = simpler(turn, answered(turn, "ask_eligibility", ("topic", "ptp"), state=state))
    assert text.splitlines()[0].startswith("Projet de transition professionnelle (PTP) : non")


def test_the_ways_are_said_again_one_step_at_a_time(turn: MakeTurn) -> None:
    state = State({"target_job": "M1203", "status": "jobseeker", "education_level": 4})
    text, _ = simpler(turn, answered(turn, "ask_steps", state=state))
    assert text.startswith("Voici un chemin pour vous")
    assert "Un autre chemin" in text
