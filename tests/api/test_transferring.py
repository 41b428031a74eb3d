"""A case given to the regional level or to a partner, and the directory of partners."""

from sqlalchemy import select, update

from api.accounts.models import AccountRow
from api.cases.models import CaseRow
from api.notifications.recipients import of_hub
from api.services import Services
from knowledge.hubs.partners import partners
from tests.api.conftest import PAUL, Desk, Person, error_of


async def give_paul(services: Services, role: str, *hubs: str) -> None:
    async with services.sessions() as session, session.begin():
        changed = update(AccountRow).where(AccountRow.email == PAUL[0])
        await session.execute(changed.values(role=role, hubs=list(hubs)))


async def test_the_directory_names_official_pages(person: Person) -> None:
    found = (await person.http.get("/api/directory")).json()
    assert {"france_travail", "mission_locale", "cap_emploi", "apec", "transitions_pro", "cci", "cma"} <= {
        partner["id"] for partner in found["partners"]
    }
    assert all(partner["source"]["url"].startswith("https://") for partner in found["partners"])
    assert all(partner["source"]["checked_on"] for partner in found["partners"])
    assert found["hubs"]["colmar"] == "Colmar"


def test_no_partner_has_the_name_of_a_hub(services: Services) -> None:
    assert not set(partners()) & {*services.catalogue.hubs, "regional"}


class TestRegional:
    async def test_that_level_alone_sees_the_case(
        self, case: str, waiting: Person, services: Services, claire: Desk, paul: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        assert (await claire.post(f"{case}/transfer", {"to": "regional"})).json()["status"] == "pending"
        assert "équipe régionale" in (await waiting.state())["messages"][-1]["text"]
        for role, is_seen in (("counsellor", False), ("manager", False), ("regional", True)):
            await give_paul(services, role, "colmar", "troyes")
            assert bool((await paul.get("/api/cases")).json()["items"]) == is_seen
            assert ((await paul.get(case)).status_code == 200) == is_seen
        assert (await paul.post(f"{case}/claim")).status_code == 200

    async def test_that_level_alone_is_written_to(self, services: Services, paul: Desk) -> None:
        await give_paul(services, "regional", "troyes")
        async with services.sessions() as session:
            assert PAUL[0] in await of_hub(session, "troyes", regional=True)
            assert PAUL[0] not in await of_hub(session, "colmar", regional=True)
            assert PAUL[0] not in await of_hub(session, "troyes")

    async def test_given_to_a_hub_it_is_a_case_like_others(
        self, case: str, services: Services, claire: Desk, paul: Desk
    ) -> None:
        await give_paul(services, "counsellor", "troyes")
        for to in ("regional", "troyes"):
            await claire.post(f"{case}/transfer", {"to": to})
        assert (await paul.get(case)).status_code == 200


class TestPartner:
    async def test_the_person_reads_what_is_passed_on_and_to_whom(
        self, case: str, waiting: Person, services: Services, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        body = {"to": "cap_emploi", "consent": True, "sent": "votre prénom et votre projet"}
        assert (await claire.post(f"{case}/transfer", body)).json()["status"] == "closed"
        state = await waiting.state()
        assert state["owner"] == "closed"
        for words in ("Avec votre accord", "Cap emploi", "votre prénom et votre projet"):
            assert words in state["messages"][-1]["text"]
        async with services.sessions() as session:
            assert (await session.scalars(select(CaseRow.outcome))).one() == "partner"
        assert "Cap emploi" in (await claire.get(case)).json()["notes"][0]["text"]

    async def test_nothing_is_passed_on_without_consent_or_without_saying_what(
        self, case: str, waiting: Person, claire: Desk
    ) -> None:
        await claire.post(f"{case}/claim")
        for body in ({"sent": "son numéro"}, {"consent": True}, {"consent": False, "sent": "son numéro"}):
            refused = await claire.post(f"{case}/transfer", {"to": "cap_emploi", **body})
            assert error_of(refused) == (422, "consent_needed")
        assert (await waiting.state())["owner"] == "counsellor"

    async def test_only_the_holder_passes_it_on(self, case: str, claire: Desk, paul: Desk) -> None:
        await claire.post(f"{case}/claim")
        body = {"to": "cap_emploi", "consent": True, "sent": "le projet"}
        assert error_of(await paul.post(f"{case}/transfer", body)) == (409, "not_case_holder")
