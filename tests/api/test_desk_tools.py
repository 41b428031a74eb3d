"""What counsellors have at hand beside a case."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from api.accounts.models import AccountRow
from api.cases.models import CaseEventRow
from api.desk.variables import VARIABLES, UnknownVariable, check_variables, fill
from api.services import Services
from bot.messages import OpenHandover, Remember
from tests.api.conftest import JSON, PAUL, Desk, Person, ScriptedEngine, error_of, open_conversation


@pytest.fixture
async def case(person: Person, engine: ScriptedEngine, claire: Desk) -> str:
    """A case that Claire holds."""
    return await claimed(person, engine, claire, status="jobseeker", first_name="Ana")


async def claimed(person: Person, engine: ScriptedEngine, desk: Desk, **facts: object) -> str:
    remember = Remember.model_validate({"profile": facts, "evidence": {name: [3] for name in facts}, "memory": {}})
    engine.answers = [[remember, OpenHandover(reasons=("asked",), text="Je transmets.")]]
    await person.say("quelqu'un ?")
    found = f"/api/cases/{(await person.state())['handover']['case_id']}"
    assert (await desk.post(f"{found}/claim")).status_code == 200
    return found


async def last_message(person: Person) -> JSON:
    return dict((await person.state())["messages"][-1])


class TestProposals:
    async def test_certifications_are_shown_from_our_records(
        self, case: str, claire: Desk, person: Person, services: Services
    ) -> None:
        codes = list(services.catalogue.certifications)[:2]
        reply = await claire.post(f"{case}/proposals", {"certifications": codes})
        assert reply.status_code == 201, reply.text
        shown = await last_message(person)
        assert (shown["author"], shown["kind"]) == ("counsellor", "certifications")
        assert [item["code"] for item in shown["payload"]["items"]] == codes
        assert all(services.catalogue.certifications[code].title in shown["text"] for code in codes)

    async def test_a_scheme_comes_first_and_is_said_for_this_person(
        self, case: str, claire: Desk, person: Person
    ) -> None:
        await claire.post(f"{case}/proposals", {"scheme": "aif"})
        shown = await last_message(person)
        assert (shown["author"], shown["kind"]) == ("counsellor", "funding")
        assert shown["payload"]["lines"][0]["scheme"] == "aif"
        assert shown["payload"]["lines"][0]["name"] in shown["text"]

    async def test_the_same_proposal_twice_is_one_message(self, case: str, claire: Desk, person: Person) -> None:
        body = {"scheme": "cpf", "client_id": str(uuid4())}
        first, second = [(await claire.post(f"{case}/proposals", body)).json()["seq"] for _ in range(2)]
        assert first == second

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            ({"certifications": ["RNCP999999"]}, (404, "unknown_certification")),
            ({"scheme": "loto"}, (404, "unknown_scheme")),
            ({"certifications": [], "scheme": None}, (422, "invalid_input")),
            ({"scheme": "cpf", "payload": {"lines": []}}, (422, "invalid_input")),
            ({"certifications": ["<b>"]}, (422, "invalid_input")),
        ],
    )
    async def test_nothing_else_is_shown(
        self, case: str, claire: Desk, person: Person, body: JSON, error: tuple[int, str]
    ) -> None:
        before = await last_message(person)
        assert error_of(await claire.post(f"{case}/proposals", body)) == error
        assert await last_message(person) == before

    async def test_only_the_holder_proposes(self, case: str, paul: Desk) -> None:
        assert error_of(await paul.post(f"{case}/proposals", {"scheme": "cpf"})) == (409, "not_case_holder")


class TestCorrecting:
    async def test_a_corrected_fact_is_what_the_person_sees_and_what_the_plan_uses(
        self, case: str, claire: Desk, person: Person, services: Services
    ) -> None:
        before = (await claire.get(f"{case}/funding")).json()
        reply = await claire.patch(
            f"{case}/profile", {"status": "employee", "contract_type": "cdi", "first_name": None}
        )
        assert reply.status_code == 200, reply.text
        assert reply.json()["profile"] == {"status": "employee", "contract_type": "cdi"}
        assert (await person.state())["profile"] == reply.json()["profile"]
        assert (await last_message(person))["text"].startswith("Le conseiller a noté :")
        assert (await claire.get(f"{case}/funding")).json() != before
        async with services.sessions() as session:
            last = (await session.scalars(select(CaseEventRow).order_by(CaseEventRow.id.desc()))).first()
        assert last is not None
        assert (last.transition, last.detail) == ("correct", "contract_type, first_name, status")

    async def test_a_wrong_value_changes_nothing(self, case: str, claire: Desk, person: Person) -> None:
        reply = await claire.patch(f"{case}/profile", {"age": 40, "status": "wizard"})
        assert error_of(reply) == (422, "invalid_input")
        assert reply.json()["error"]["field"] == "status"
        assert "age" not in (await person.state())["profile"]

    async def test_only_the_holder_corrects(self, case: str, paul: Desk) -> None:
        assert error_of(await paul.patch(f"{case}/profile", {"age": 40})) == (409, "not_case_holder")


class TestCanned:
    TEXT = "Bonjour {prenom}, ici {conseiller} du hub de {hub}."

    async def test_it_is_read_filled_in_for_the_person(
        self, engine: ScriptedEngine, claire: Desk, person: Person
    ) -> None:
        someone = await open_conversation(person.http, hub="colmar")
        case = await claimed(someone, engine, claire, first_name="Ana")
        for hub in ("colmar", "thionville", None):
            reply = await claire.post("/api/canned", {"hub": hub, "title": f"De {hub}", "text": self.TEXT})
            assert reply.status_code == 201, reply.text
        items = (await claire.get(f"{case}/canned")).json()["items"]
        assert [item["title"] for item in items] == ["De None", "De colmar"]
        assert {item["text"] for item in items} == {"Bonjour Ana, ici Claire du hub de Colmar."}

    async def test_a_manager_writes_for_their_hubs_alone(
        self, services: Services, thionville: Desk, claire: Desk
    ) -> None:
        async with services.sessions() as session, session.begin():
            manager = update(AccountRow).where(AccountRow.email == PAUL[0]).values(role="manager")
            await session.execute(manager)
        body = {"title": "Accueil", "text": self.TEXT}
        assert (await thionville.post("/api/canned", {**body, "hub": "thionville"})).status_code == 201
        for hub in ("colmar", None):
            assert error_of(await thionville.post("/api/canned", {**body, "hub": hub})) == (404, "not_found")
        everyones = (await claire.post("/api/canned", {**body, "title": "Pour tous"})).json()["id"]
        assert error_of(await thionville.put(f"/api/canned/{everyones}", body)) == (404, "not_found")
        titles = [item["title"] for item in (await thionville.get("/api/canned")).json()["items"]]
        assert titles == ["Accueil", "Pour tous"]

    async def test_it_is_written_again_and_removed(self, claire: Desk) -> None:
        made = (await claire.post("/api/canned", {"title": "Accueil", "text": "Bonjour."})).json()["id"]
        await claire.put(f"/api/canned/{made}", {"title": "Accueil", "text": "Bonjour {prenom}."})
        (item,) = (await claire.get("/api/canned")).json()["items"]
        assert item["text"] == "Bonjour {prenom}."
        assert (await claire.delete(f"/api/canned/{made}")).status_code == 204
        assert (await claire.get("/api/canned")).json()["items"] == []

    async def test_an_unknown_variable_is_refused(self, claire: Desk) -> None:
        reply = await claire.post("/api/canned", {"title": "Accueil", "text": "Bonjour {nom}."})
        assert error_of(reply) == (422, "unknown_variable")
        assert "« nom »" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("first_name", "said"),
    [("Ana", "Bonjour Ana, à lundi."), (None, "Bonjour, à lundi."), ("{hub}", "Bonjour {hub}, à lundi.")],
)
def test_what_is_not_known_is_left_out(first_name: str | None, said: str) -> None:
    assert fill("Bonjour {prenom}, à lundi.", {"prenom": first_name, "hub": "Colmar"}) == said


@given(st.text(max_size=60))
def test_a_text_without_variables_is_sent_as_it_is(text: str) -> None:
    try:
        check_variables(text)
    except UnknownVariable:
        return
    if not any(f"{{{name}}}" in text for name in VARIABLES):
        assert fill(text, {}) == text
