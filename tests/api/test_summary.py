"""What is passed on to a counsellor, as the person and the desk see it."""

import io

import pypdf
import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from api.accounts.models import AccountRow
from api.app import create_public_app
from api.notifications.models import OutboxRow
from api.services import Services
from bot.messages import Choice, ChoiceMeaning, OpenHandover, Remember, Say
from bot.profile import FIELDS
from tests.api.conftest import (
    CLAIRE,
    JSON,
    PAUL,
    Desk,
    Person,
    ScriptedEngine,
    client_of,
    error_of,
    open_conversation,
    sign_in,
    with_settings,
)

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
        assert place == {"text": "Charleville-Mézières (08000)", "evidence": [told["seq"]], "field": "location"}
        theirs = place | {"text": "ville : Charleville-Mézières (08000)"}
        assert theirs in (await summary_of(waiting))["situation"]

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


class TestCopies:
    async def test_the_text_says_the_summary_without_contact(self, case: str, claire: Desk) -> None:
        reply = await claire.get(f"{case}/summary.txt")
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.headers["cache-control"] == "no-store"
        title, head, blank, *rest = reply.text.splitlines()
        assert (title, head, blank) == ("Résumé de la demande", "Tous les hubs, demande du 23/11/2026", "")
        assert rest[:2] == ["Demande", f"- « {WORDS} »"]
        assert "- Sedan (08200)" in rest
        assert "612345678" not in reply.text

    async def test_the_page_is_one_and_can_be_read_by_a_screen_reader(
        self, waiting: Person, case: str, engine: ScriptedEngine, claire: Desk
    ) -> None:
        facts = {name: 3 for name, field in FIELDS.items() if field.type == "int"}
        items = [{"code": f"RNCP{n}", "title": "Un titre très long " * 6} for n in range(5)]
        shown = [Say(kind="certifications", text="…", payload={"items": [*items[n:], *items]}) for n in range(8)]
        remembered = Remember(profile=facts, evidence={name: [3] for name in facts}, memory={})  # type: ignore[arg-type]
        engine.answers = [[remembered, *shown]]
        await waiting.say("je cherche une formation " * 40)
        for _ in range(5):
            await note(waiting, "une précision " * 60)
        reply = await claire.get(f"{case}/summary.pdf")
        assert reply.headers["content-type"] == "application/pdf"
        reader = pypdf.PdfReader(io.BytesIO(reply.content))
        root = reader.trailer["/Root"]
        assert len(reader.pages) == 1
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "fr"
        text = " ".join(reader.pages[0].extract_text().split())
        assert "Ajouté par la personne" in text
        assert "612345678" not in text

    async def test_sent_to_a_colleague_of_the_hub_and_to_nobody_else(
        self, waiting: Person, services: Services, engine: ScriptedEngine
    ) -> None:
        sending = with_settings(services, smtp_url=SecretStr("smtp://127.0.0.1:1"), mail_from="hub@hub.test")
        async with services.sessions() as session, session.begin():
            await session.execute(update(AccountRow).where(AccountRow.email == PAUL[0]).values(hubs=["thionville"]))
        async with client_of(create_public_app(sending)) as http, client_of(create_public_app(sending)) as desk:
            claire = await sign_in(desk, CLAIRE)
            for hub in ("thionville", "colmar"):
                person = await open_conversation(http, hub=hub)
                engine.answers = [[ASKED]]
                await person.say("{return-link} je veux devenir comptable, quelqu'un ?")
                case = f"/api/cases/{(await person.state())['handover']['case_id']}"
                reply = await claire.post(f"{case}/summary/mail", {"to": "Paul@hub.test"})
                if hub == "thionville":
                    assert reply.status_code == 204
                else:
                    assert error_of(reply) == (422, "unknown_recipient")
            assert error_of(await claire.post(f"{case}/summary/mail", {"to": "ailleurs@exemple.fr"}))[0] == 422
            async with services.sessions() as session, session.begin():
                gone = update(AccountRow).where(AccountRow.email == PAUL[0])
                await session.execute(gone.values(active=False, hubs=["colmar"]))
            assert error_of(await claire.post(f"{case}/summary/mail", {"to": PAUL[0]})) == (422, "unknown_recipient")
        async with services.sessions() as session:
            sent = list(await session.scalars(select(OutboxRow).where(OutboxRow.template == "case_summary")))
        assert [row.content["to"] for row in sent] == [PAUL[0]]
        assert sent[0].content["subject"] == "Thionville : résumé d'une demande"
        assert "je veux devenir comptable" in sent[0].content["text"]
        assert "{return-link}" not in sent[0].content["text"]

    async def test_without_a_mail_server_nothing_is_promised(self, case: str, claire: Desk) -> None:
        assert error_of(await claire.post(f"{case}/summary/mail", {"to": PAUL[0]})) == (409, "mail_not_set")
