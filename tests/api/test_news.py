"""What is told of a case by mail and by web request: to the hub, to the person, to another program."""

from typing import Any

import pytest
from sqlalchemy import select, update

from api.accounts.models import AccountRow
from api.app import create_public_app
from api.conversations.routes import follow
from api.hubs.models import HubVersionRow
from api.notifications.delivery import deliver_due
from api.notifications.models import OutboxRow
from api.returning.models import ReturnLinkRow
from api.services import Services
from tests.api.conftest import (
    ANSWERED,
    CLAIRE,
    EMAIL,
    PAUL,
    Desk,
    HandClock,
    Person,
    ScriptedEngine,
    asks,
    case_of,
    client_of,
    error_of,
    open_conversation,
    with_settings,
)
from tests.api.post import Mailbox, Receiver, text_of

pytestmark = pytest.mark.usefixtures("sending")


async def delivered(services: Services, mailbox: Mailbox, to: str | None = None) -> list[str]:
    """The subjects of what has arrived since the last time, for one address or for all."""
    await deliver_due(services)
    subjects = [mail["Subject"] for mail in mailbox.mails if to in (None, mail["To"])]
    mailbox.mails.clear()
    return subjects


async def the_link(services: Services, mailbox: Mailbox) -> str:
    """The token of the link in the person's last mail."""
    await deliver_due(services)
    text = text_of(next(mail for mail in reversed(mailbox.mails) if mail["To"] == EMAIL))
    address = next(word for word in text.split() if "/reprendre#" in word)
    return address.partition("#")[2]


class TestHub:
    async def test_its_team_is_told_without_a_word_of_the_person(
        self, sending: Services, mailbox: Mailbox, person: Person, engine: ScriptedEngine
    ) -> None:
        async with sending.sessions() as session, session.begin():
            await session.execute(update(AccountRow).where(AccountRow.email == PAUL[0]).values(hubs=["colmar"]))
        at_colmar = await open_conversation(person.http, hub="colmar")
        engine.answers = [asks({"email": EMAIL, "first_name": "Léa"})]
        await at_colmar.say("mon histoire, avec quelqu'un")
        await deliver_due(sending)
        (mail,) = mailbox.mails
        assert (mail["To"], mail["Subject"]) == (PAUL[0], "Colmar : une demande attend")
        assert "/conseil" in text_of(mail)
        for word in ("Léa", EMAIL, "histoire", at_colmar.id):
            assert word not in text_of(mail)

    async def test_the_address_of_its_record_comes_before_those_of_its_team(
        self, sending: Services, mailbox: Mailbox, person: Person, engine: ScriptedEngine
    ) -> None:
        record = HubVersionRow(
            hub="colmar", number=1, content={"email": "accueil@colmar.fr"}, by="x", at=sending.clock.now()
        )
        async with sending.sessions() as session, session.begin():
            session.add(record)
        at_colmar = await open_conversation(person.http, hub="colmar")
        engine.answers = [asks()]
        await at_colmar.say("quelqu'un ?")
        await deliver_due(sending)
        assert [mail["To"] for mail in mailbox.mails] == ["accueil@colmar.fr"]

    async def test_a_hub_without_a_team_is_followed_by_those_who_see_every_hub(
        self, sending: Services, mailbox: Mailbox, reachable: Person
    ) -> None:
        await deliver_due(sending)
        assert {mail["To"] for mail in mailbox.mails} == {CLAIRE[0], PAUL[0]}

    async def test_it_is_told_again_when_the_case_becomes_urgent_and_only_then(
        self, sending: Services, mailbox: Mailbox, reachable: Person, engine: ScriptedEngine
    ) -> None:
        assert await delivered(sending, mailbox, CLAIRE[0]) == ["Tous les hubs : une demande attend"]
        for reason, told in (
            ("complaint", []),
            ("distress", ["Tous les hubs : une demande urgente"]),
            ("distress", []),
        ):
            engine.answers = [asks(reason=reason)]
            await reachable.say("…")
            assert await delivered(sending, mailbox, CLAIRE[0]) == told

    async def test_it_is_reminded_of_a_case_that_waits(
        self, sending: Services, mailbox: Mailbox, reachable: Person, clock: HandClock
    ) -> None:
        await delivered(sending, mailbox)
        for hours in (1, 23):
            clock.move(hours=hours)
            subjects = await delivered(sending, mailbox, CLAIRE[0])
            assert subjects == ["Tous les hubs : une demande attend toujours"]

    async def test_not_of_one_that_is_followed(
        self, sending: Services, mailbox: Mailbox, reachable: Person, clock: HandClock, claire: Desk
    ) -> None:
        await claire.post(f"{await case_of(reachable)}/claim")
        await delivered(sending, mailbox)
        clock.move(hours=25)
        assert await delivered(sending, mailbox) == []


class TestPerson:
    async def test_each_change_is_told(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        case = await case_of(reachable)
        for path, body, subject in (
            ("claim", None, "Votre demande est suivie"),
            ("messages", {"text": "Bonjour"}, "Vous avez une réponse du Hub des compétences"),
            ("return", None, "L'assistant reprend la conversation"),
        ):
            assert (await claire.post(f"{case}/{path}", body)).is_success
            assert await delivered(sending, mailbox, EMAIL) == [subject]

    async def test_one_mail_for_all_that_is_not_read(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk, clock: HandClock
    ) -> None:
        case = await case_of(reachable)
        await claire.post(f"{case}/claim")
        await delivered(sending, mailbox)
        for number in range(3):
            clock.move(minutes=10)
            await claire.post(f"{case}/messages", {"text": f"Réponse {number}"})
        assert await delivered(sending, mailbox) == ["Vous avez une réponse du Hub des compétences"]
        clock.move(minutes=10)
        await reachable.say("merci")
        clock.move(minutes=10)
        await claire.post(f"{case}/messages", {"text": "De rien"})
        assert await delivered(sending, mailbox) == ["Vous avez une réponse du Hub des compétences"]

    async def test_who_is_reading_gets_none(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        case = await case_of(reachable)
        await claire.post(f"{case}/claim")
        await delivered(sending, mailbox)
        stream = await follow(reachable.id, reachable.token, sending)
        events = stream.body_iterator
        await anext(events)
        await claire.post(f"{case}/messages", {"text": "Bonjour"})
        assert await delivered(sending, mailbox) == []
        sending.broker.close()

    @pytest.mark.parametrize(
        ("profile", "memory"),
        [
            ({"email": EMAIL}, {}),
            ({"email": EMAIL, "age": 14}, ANSWERED),
            ({"phone": "+33612345678"}, ANSWERED),
        ],
        ids=["said in passing", "under 15", "no address"],
    )
    async def test_who_did_not_agree_gets_none(
        self,
        sending: Services,
        mailbox: Mailbox,
        person: Person,
        engine: ScriptedEngine,
        claire: Desk,
        profile: dict[str, Any],
        memory: dict[str, Any],
    ) -> None:
        engine.answers = [asks(profile, memory=memory)]
        await person.say("je veux parler à quelqu'un")
        await claire.post(f"{await case_of(person)}/claim")
        assert await delivered(sending, mailbox, EMAIL) == []

    async def test_they_can_change_their_mind(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        case = await case_of(reachable)
        assert (await reachable.state())["mail_news"] is True
        await claire.post(f"{case}/claim")
        await reachable.http.put(f"{reachable.path}/mail-news", json={"wanted": False}, headers=reachable.headers)
        assert (await reachable.state())["mail_news"] is False
        assert await delivered(sending, mailbox, EMAIL) == []
        await reachable.http.put(f"{reachable.path}/mail-news", json={"wanted": True}, headers=reachable.headers)
        await claire.post(f"{case}/close", {"outcome": "informed"})
        assert await delivered(sending, mailbox, EMAIL) == ["Votre demande est terminée"]


class TestLinkBack:
    async def test_it_opens_the_conversation_with_a_key_of_its_own(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        await claire.post(f"{await case_of(reachable)}/claim")
        token = await the_link(sending, mailbox)
        for _ in range(2):
            reply = await reachable.http.post("/api/return", json={"token": token})
            assert reply.json()["id"] == reachable.id
            again = Person(reachable.http, reachable.path, reply.json()["token"], [])
            assert (await again.state())["id"] == reachable.id
        assert (await reachable.state())["id"] == reachable.id
        other = await open_conversation(reachable.http)
        assert (await other.http.get(other.path, headers=again.headers)).status_code == 404

    async def test_only_its_digest_is_kept(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        await claire.post(f"{await case_of(reachable)}/claim")
        async with sending.sessions() as session:
            assert list(await session.scalars(select(ReturnLinkRow))) == []
        token = await the_link(sending, mailbox)
        async with sending.sessions() as session:
            (link,) = await session.scalars(select(ReturnLinkRow))
            assert link.token_hash != token
            assert all(token not in str(row.content) for row in await session.scalars(select(OutboxRow)))

    async def test_it_ends_after_a_week(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk, clock: HandClock
    ) -> None:
        await claire.post(f"{await case_of(reachable)}/claim")
        token = await the_link(sending, mailbox)
        clock.move(days=7)
        assert (await reachable.http.post("/api/return", json={"token": token})).status_code == 200
        clock.move(seconds=1)
        for dead in (token, "jamais vu"):
            reply = await reachable.http.post("/api/return", json={"token": dead})
            assert error_of(reply) == (404, "link_expired")

    async def test_and_with_its_conversation(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk
    ) -> None:
        await claire.post(f"{await case_of(reachable)}/claim")
        token = await the_link(sending, mailbox)
        assert (await reachable.http.delete(reachable.path, headers=reachable.headers)).status_code == 204
        assert error_of(await reachable.http.post("/api/return", json={"token": token})) == (404, "link_expired")

    async def test_coming_back_ends_a_silence(
        self, sending: Services, mailbox: Mailbox, reachable: Person, claire: Desk, clock: HandClock
    ) -> None:
        case = await case_of(reachable)
        await claire.post(f"{case}/claim")
        for _ in range(2):
            clock.move(minutes=1)
            await claire.post(f"{case}/messages", {"text": "Bonjour"})
            token = await the_link(sending, mailbox)
            assert "Vous avez une réponse du Hub des compétences" in await delivered(sending, mailbox, EMAIL)
            await reachable.http.post("/api/return", json={"token": token})


async def test_another_program_is_told_of_each_step(
    sending: Services, receiver: Receiver, reachable: Person, claire: Desk
) -> None:
    case = await case_of(reachable)
    await claire.post(f"{case}/claim")
    await claire.post(f"{case}/close", {"outcome": "informed"})
    await deliver_due(sending)
    events = sorted(receiver.events(), key=lambda event: event["at"])
    assert [event["transition"] for event in events] == ["open", "claim", "close"]
    assert set(events[0]) == {"id", "case", "hub", "reasons", "status", "transition", "at"}
    assert (events[0]["case"], events[0]["reasons"]) == (case.rpartition("/")[2], ["asked"])


async def test_nothing_is_queued_that_would_never_leave(services: Services, engine: ScriptedEngine) -> None:
    quiet = with_settings(services, smtp_url=None, webhook_url=None)
    async with client_of(create_public_app(quiet)) as client:
        person = await open_conversation(client)
        engine.answers = [asks()]
        await person.say("je veux parler à quelqu'un")
    async with services.sessions() as session:
        assert list(await session.scalars(select(OutboxRow))) == []
