"""The record of a hub over HTTP: nothing invented, edited by its managers, any version back."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from api.accounts.models import AccountRow
from api.hubs.published import hubs_as_published
from api.services import Services
from bot.hubs import about_hub
from bot.state import State
from bot.turn import Heard, Turn, TurnMetadata
from tests.api.conftest import ASKED, JSON, PAUL, Desk, HandClock, Person, ScriptedEngine, error_of, open_conversation

HUB = "/api/hubs/colmar"
MORNINGS = [{"day": day, "start": "09:00", "end": "12:00"} for day in ("monday", "tuesday", "wednesday")]
FULL: JSON = {
    "address": "1 rue de l'Exemple",
    "phone": "03 89 00 00 00",
    "email": "colmar@hub.test",
    "hours": MORNINGS,
    "closures": [{"first": "2026-12-24", "last": "2026-12-31", "why": "Fêtes"}],
    "services": ["Bilan de compétences"],
    "events": [{"on": "2026-12-03", "title": "Atelier CV"}],
    "partners": ["Mission locale"],
}
Publish = Callable[..., Awaitable[JSON]]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def publish(claire: Desk) -> Publish:
    """Publish over the current version."""

    async def over(hub: str = HUB, **record: object) -> JSON:
        number = (await claire.get(f"{hub}/record")).json()["number"]
        reply = await claire.put(f"{hub}/record", {"based_on": number, "record": record})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    return over


async def role(services: Services, **columns: object) -> None:
    async with services.sessions() as session, session.begin():
        await session.execute(update(AccountRow).where(AccountRow.email == PAUL[0]).values(**columns))


class TestRecord:
    async def test_of_a_new_hub_nothing_is_known(self, claire: Desk) -> None:
        hub = (await claire.get(HUB)).json()
        assert hub["town"] == "Colmar"
        assert not any(hub["record"].values())
        assert (hub["hours"], hub["is_open"], hub["next_opening"]) == ([], None, None)

    async def test_what_is_published_is_read_by_all(self, person: Person, clock: HandClock, publish: Publish) -> None:
        await publish(**FULL)
        hub = (await person.http.get(HUB)).json()
        assert hub["record"]["phone"] == "+33389000000"
        assert hub["hours"] == ["du lundi au mercredi de 9 h à 12 h"]
        assert hub["is_open"] is True
        clock.move(hours=6)
        hub = (await person.http.get(HUB)).json()
        assert (hub["is_open"], hub["next_opening"]) == (False, "2026-11-24T09:00:00+01:00")

    async def test_each_wrong_field_is_told(self, claire: Desk) -> None:
        wrong = {"phone": "12", "email": "colmar", "hours": [MORNINGS[0] | {"end": "08:00"}], "services": ["ok", ""]}
        reply = await claire.put(f"{HUB}/record", {"based_on": 0, "record": wrong})
        assert error_of(reply) == (422, "hub_record_invalid")
        assert set(reply.json()["error"]["fields"]) == {"phone", "email", "hours.0", "services.1"}
        assert "dix chiffres" in reply.json()["error"]["fields"]["phone"]
        assert (await claire.get(f"{HUB}/record")).json()["number"] == 0

    async def test_of_two_who_edit_at_once_one_is_told(self, claire: Desk, paul: Desk, publish: Publish) -> None:
        await publish(address="1 rue d'avant")
        replies = await asyncio.gather(
            *(desk.put(f"{HUB}/record", {"based_on": 1, "record": {"address": name}})
              for desk, name in ((claire, "de Claire"), (paul, "de Paul")))
        )  # fmt: skip
        assert sorted(reply.status_code for reply in replies) == [200, 409]
        refused = next(reply for reply in replies if reply.status_code == 409)
        assert error_of(refused) == (409, "hub_record_changed")
        assert (await claire.get(f"{HUB}/record")).json()["number"] == 2

    async def test_an_earlier_version_comes_back(self, claire: Desk, publish: Publish) -> None:
        await publish(**FULL)
        await publish(address="2 rue de l'Erreur")
        reply = await claire.post(f"{HUB}/record/restore", {"based_on": 2, "number": 1})
        assert reply.json()["record"]["address"] == FULL["address"]
        assert [(one["number"], one["by"]) for one in reply.json()["versions"]] == [
            (3, "Claire"),
            (2, "Claire"),
            (1, "Claire"),
        ]
        assert error_of(await claire.post(f"{HUB}/record/restore", {"based_on": 3, "number": 9})) == (404, "not_found")
        assert error_of(await claire.post(f"{HUB}/record/restore", {"based_on": 2, "number": 1}))[0] == 409

    async def test_only_its_managers_edit_it(self, services: Services, paul: Desk) -> None:
        edit = {"based_on": 0, "record": {}}
        await role(services, role="counsellor")
        assert error_of(await paul.put(f"{HUB}/record", edit)) == (403, "not_allowed")
        await role(services, role="manager", hubs=["thionville"])
        assert error_of(await paul.put(f"{HUB}/record", edit)) == (404, "not_found")
        assert error_of(await paul.get(f"{HUB}/record")) == (404, "not_found")
        assert (await paul.put("/api/hubs/thionville/record", edit)).status_code == 200
        assert (await paul.http.put("/api/hubs/thionville/record", json=edit)).status_code == 403

    async def test_an_unknown_hub_is_none(self, claire: Desk) -> None:
        for path in ("/api/hubs/atlantis", "/api/hubs/atlantis/record"):
            assert error_of(await claire.get(path)) == (404, "not_found")


class TestPages:
    async def test_of_a_new_hub_the_page_says_that_nothing_is_known(self, person: Person) -> None:
        text = (await person.http.get("/hub/colmar")).text
        assert text.count("Non renseigné") == 7
        assert "pas encore rempli" in text
        assert (await person.http.get("/hub/atlantis")).status_code == 404

    async def test_it_shows_what_the_team_published(self, person: Person, publish: Publish, clock: HandClock) -> None:
        await publish(**FULL)
        text = (await person.http.get("/hub/colmar")).text
        for shown in ("Du lundi au mercredi de 9 h à 12 h", "03 89 00 00 00", "Atelier CV", "ouvert en ce moment"):
            assert shown in text
        clock.move(days=60)
        text = (await person.http.get("/hub/colmar")).text
        assert "Atelier CV" not in text
        assert "Fêtes" not in text

    async def test_the_form_is_there(self, person: Person) -> None:
        assert "Fiche du hub" in (await person.http.get("/conseil/hub")).text


async def test_the_assistant_speaks_of_the_hub_as_its_team_published_it(services: Services, publish: Publish) -> None:
    async def told() -> tuple[str, JSON]:
        async with services.sessions() as session:
            known = replace(services.bot, hubs=await hubs_as_published(services, session))
        metadata = TurnMetadata(
            conversation="c", seq=1, channel="web", owner="bot", hub="colmar", today=services.clock.today()
        )
        (said,), _ = about_hub(Turn(metadata, Heard(intent="ask_hub"), State(), known), State())
        return said.text, said.payload or {}

    assert "pas encore publiés" in (await told())[0]
    await publish(phone=FULL["phone"], hours=MORNINGS)
    text, payload = await told()
    assert "information pas encore publiée" in text
    assert "03 89 00 00 00" in text
    assert "du lundi au mercredi de 9 h à 12 h" in text
    assert payload["sources"][0]["url"].endswith("/hub/colmar")
    assert payload["sources"][0]["checked_on"] == "2026-11-23"


class TestHonestExits:
    """Who asks for a person is told whether one is there, and what to do if not."""

    async def ask(self, http: object, engine: ScriptedEngine, **opening: object) -> str:
        person = await open_conversation(http, hub="colmar", **opening)
        engine.answers = [[ASKED]]
        (handover,) = await person.say("quelqu'un ?")
        return str(handover["text"])

    async def test_someone_is_there(self, person: Person, engine: ScriptedEngine, claire: Desk) -> None:
        assert "connectée en ce moment" in await self.ask(person.http, engine)

    async def test_nobody_is_and_the_hours_are_not_known(self, person: Person, engine: ScriptedEngine) -> None:
        text = await self.ask(person.http, engine)
        assert "n'est connecté" in text
        assert "rappelé" in text
        assert "ouvre" not in text

    async def test_nobody_is_and_the_hub_opens_tomorrow(
        self, person: Person, engine: ScriptedEngine, publish: Publish, clock: HandClock
    ) -> None:
        await publish(**FULL)
        clock.move(hours=6)
        assert "Le hub ouvre mardi 24 novembre à 9 h." in await self.ask(person.http, engine)

    async def test_it_is_open_and_nobody_is_connected(
        self, person: Person, engine: ScriptedEngine, publish: Publish, clock: HandClock
    ) -> None:
        await publish(**FULL)
        clock.move(hours=1)
        assert "ouvert, mais personne" in await self.ask(person.http, engine)

    async def test_who_is_seen_elsewhere_is_not_there(
        self, person: Person, engine: ScriptedEngine, services: Services, paul: Desk
    ) -> None:
        await role(services, hubs=["thionville"])
        assert "n'est connecté" in await self.ask(person.http, engine)

    async def test_a_child_is_not_asked_for_a_number(self, person: Person, engine: ScriptedEngine) -> None:
        await person.http.patch(f"{person.path}/profile", json={"age": 14}, headers=person.headers)
        engine.answers = [[ASKED]]
        assert "numéro" not in (await person.say("quelqu'un ?"))[0]["text"]


class TestWelcome:
    async def test_a_closed_hub_says_when_it_opens(self, person: Person, publish: Publish, clock: HandClock) -> None:
        await publish(**FULL)
        clock.move(hours=6)
        for channel in ("web", "kiosk"):
            welcome = (await open_conversation(person.http, hub="colmar", channel=channel)).welcome
            assert "Il ouvre mardi 24 novembre à 9 h." in welcome[0]["text"]
        clock.move(hours=-6)
        assert "fermé" not in (await open_conversation(person.http, hub="colmar")).welcome[0]["text"]
        assert "fermé" not in (await open_conversation(person.http, hub="verdun")).welcome[0]["text"]
