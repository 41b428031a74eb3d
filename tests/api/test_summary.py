"""What is passed on to a counsellor, as the person and the desk see it."""

import pytest

from bot.messages import Choice, ChoiceMeaning, OpenHandover, Remember, Say
from tests.api.conftest import JSON, Desk, Person, ScriptedEngine, error_of

ASKED = OpenHandover(reasons=("asked",), text="Je transmets.")
WORDS = "je voudrais devenir comptable, j'habite à Sedan et je veux parler à quelqu'un"


@pytest.fixture
async def waiting(person: Person, engine: ScriptedEngine) -> Person:
    """Someone who said what they want, and asked for a person."""
    facts = {"target_job": "M1203", "location": "08409", "phone": "+33612345678"}
    engine.answers = [
        [Remember(profile=facts, evidence={name: [3] for name in facts}, memory={"request_seq": 3}), ASKED]
    ]
    await person.say(WORDS)
    return person


@pytest.fixture
async def case(waiting: Person) -> str:
    """The address of their case."""
    return f"/api/cases/{(await waiting.state())['handover']['case_id']}"


async def summary_of(person: Person) -> JSON:
    reply = await person.http.get(f"{person.path}/summary", headers=person.headers)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def note(person: Person, text: str) -> JSON:
    reply = await person.http.post(f"{person.path}/summary/note", json={"text": text}, headers=person.headers)
    assert reply.status_code == 201, reply.text
    return dict(reply.json())


class TestPerson:
    async def test_they_see_what_is_passed_on_said_to_them(self, waiting: Person) -> None:
        summary = await summary_of(waiting)
        assert summary["request"] == {"text": f"« {WORDS} »", "evidence": [3], "field": None}
        assert [item["field"] for item in summary["situation"]] == ["target_job", "location"]
        assert summary["blocking"][0]["text"].startswith("Vous avez demandé à parler à une personne")
        assert summary["reach"][0]["text"] == "Par téléphone, au numéro que vous avez donné"

    async def test_a_corrected_fact_is_the_counsellors_too_with_its_message(
        self, waiting: Person, case: str, claire: Desk
    ) -> None:
        await waiting.http.patch(f"{waiting.path}/profile", json={"location": "08105"}, headers=waiting.headers)
        told = (await waiting.state())["messages"][-1]
        assert (told["author"], told["text"]) == ("system", "Vous avez corrigé : ville : Charleville-Mézières (08000).")
        situation = (await claire.get(case)).json()["summary"]["situation"]
        (place,) = [item for item in situation if item["field"] == "location"]
        assert place == {"text": "ville : Charleville-Mézières (08000)", "evidence": [told["seq"]], "field": "location"}
        assert place in (await summary_of(waiting))["situation"]

    async def test_a_fact_said_again_as_it_was_is_no_correction(self, waiting: Person) -> None:
        before = await waiting.state()
        await waiting.http.patch(f"{waiting.path}/profile", json={"location": "08409"}, headers=waiting.headers)
        assert (await waiting.state())["messages"] == before["messages"]

    async def test_a_removed_fact_is_gone_from_the_summary(self, waiting: Person, case: str, claire: Desk) -> None:
        await waiting.http.patch(f"{waiting.path}/profile", json={"location": None}, headers=waiting.headers)
        situation = (await claire.get(case)).json()["summary"]["situation"]
        assert [item["field"] for item in situation] == ["target_job"]

    async def test_without_a_case_they_see_what_would_be(self, person: Person) -> None:
        assert (await summary_of(person))["request"] is None


class TestNote:
    async def test_what_they_add_is_read_by_the_counsellor_before_and_after_a_claim(
        self, waiting: Person, case: str, claire: Desk
    ) -> None:
        assert (await note(waiting, "Je ne conduis pas."))["notes"][0]["text"] == "« Je ne conduis pas. »"
        await claire.post(f"{case}/claim")
        await note(waiting, "Le matin, c'est mieux.")
        state = await waiting.state()
        notes = (await claire.get(case)).json()["summary"]["notes"]
        said = {message["seq"]: (message["author"], message["text"]) for message in state["messages"]}
        assert [said[item["evidence"][0]] for item in notes] == [
            ("person", "Je ne conduis pas."),
            ("person", "Le matin, c'est mieux."),
        ]
        assert state["owner"] == "counsellor"

    async def test_the_assistant_does_not_answer_and_its_question_stays_open(
        self, person: Person, engine: ScriptedEngine
    ) -> None:
        choice = Choice(id="status-employee", label="Salarié", meaning=ChoiceMeaning(intent="inform"))
        engine.answers = [[Say(kind="question", text="Situation ?", payload={"field": "status"}, choices=(choice,))]]
        await person.say("bonjour")
        await note(person, "Je ne conduis pas.")
        assert len(engine.heard) == 1
        assert (await person.state())["messages"][-1]["author"] == "system"
        assert (await person.post(choice="status-employee")).status_code == 200
        assert engine.heard[1][2].asked_field == "status"

    async def test_distress_in_it_is_answered_at_once(self, person: Person) -> None:
        await note(person, "je veux mourir")
        state = await person.state()
        assert any("3114" in message["text"] for message in state["messages"])
        assert state["handover"]["reasons"] == ["distress"]

    @pytest.mark.parametrize("text", ["", "   ", "a" * 1001])
    async def test_it_has_words_and_not_too_many(self, person: Person, text: str) -> None:
        reply = await person.http.post(f"{person.path}/summary/note", json={"text": text}, headers=person.headers)
        assert error_of(reply) == (422, "invalid_input")
