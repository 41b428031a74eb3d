"""The outbox is emptied: by a real mail server and a real web server, again after a failure, never twice at once."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import select, update

from api.accounts.models import AccountRow
from api.app import create_public_app
from api.notifications import delivery
from api.notifications.delivery import MAX_ATTEMPTS, SENDING_SECONDS, deliver_due, forget_delivered, pause_after
from api.notifications.models import OutboxRow
from api.notifications.outbox import Attachment, queue_mail, queue_webhook
from api.services import Services
from api.settings import Settings
from tests.api.conftest import (
    CLAIRE,
    PAUL,
    WEBHOOK_SECRET,
    Desk,
    HandClock,
    Person,
    client_of,
    error_of,
    sign_in,
    with_settings,
)
from tests.api.post import Mailbox, Receiver

pytestmark = pytest.mark.both_databases


@asynccontextmanager
async def claire_at(sending: Services) -> AsyncIterator[Desk]:
    """Claire, who signs in now at the application that sends."""
    async with client_of(create_public_app(sending)) as client:
        yield await sign_in(client, CLAIRE)


async def mail(services: Services, to: str = "hub@colmar.test", **more: Any) -> None:
    async with services.sessions() as session, session.begin():
        queue_mail(
            session, to=to, template="case_opened", now=services.clock.now(), place="Colmar", url="https://x", **more
        )


async def event(services: Services, hub: str | None = "colmar", conversation_id: str = "c1") -> None:
    async with services.sessions() as session, session.begin():
        now = services.clock.now()
        queue_webhook(
            session, event="case.claim", body={"case": "é1"}, now=now, conversation_id=conversation_id, hub=hub
        )


async def rows(services: Services) -> list[OutboxRow]:
    async with services.sessions() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.created_at)))


class TestMail:
    async def test_a_mail_leaves_once_and_nothing_of_it_is_kept(self, sending: Services, mailbox: Mailbox) -> None:
        await mail(sending, attachments=[Attachment("plan.pdf", "application/pdf", b"%PDF-\xff")])
        await deliver_due(sending)
        await deliver_due(sending)
        (received,) = mailbox.mails
        assert received["To"] == "hub@colmar.test"
        assert received["From"] == "ne-pas-repondre@hub.test"
        assert received["Subject"] == "Colmar : une demande attend"
        assert received["Auto-Submitted"] == "auto-generated"
        (file,) = received.iter_attachments()
        assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
            "plan.pdf",
            "application/pdf",
            b"%PDF-\xff",
        )
        (row,) = await rows(sending)
        assert (row.status, row.content) == ("sent", {})

    async def test_it_waits_for_its_time(self, sending: Services, mailbox: Mailbox, clock: HandClock) -> None:
        await mail(sending, not_before=clock.now() + timedelta(hours=1))
        await deliver_due(sending)
        assert mailbox.mails == []
        clock.move(hours=1)
        await deliver_due(sending)
        assert len(mailbox.mails) == 1

    async def test_a_passing_refusal_is_tried_again_after_a_pause(
        self, sending: Services, mailbox: Mailbox, clock: HandClock
    ) -> None:
        mailbox.answers = ["451 plus tard"]
        await mail(sending)
        await deliver_due(sending)
        (row,) = await rows(sending)
        assert (row.status, row.last_error) == ("waiting", "smtp_451")
        await deliver_due(sending)
        assert mailbox.mails == []
        clock.move(minutes=1)
        await deliver_due(sending)
        assert len(mailbox.mails) == 1

    async def test_a_lasting_refusal_is_not(self, sending: Services, mailbox: Mailbox) -> None:
        mailbox.answers = ["550 hub@colmar.test inconnu"]
        await mail(sending)
        await deliver_due(sending)
        (row,) = await rows(sending)
        assert (row.status, row.last_error, row.attempts) == ("dead", "smtp_550", 1)

    @pytest.mark.parametrize("to", ["a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", "<a@b.fr>", "personne"])
    async def test_an_address_holds_one_person_and_no_header(
        self, sending: Services, mailbox: Mailbox, to: str
    ) -> None:
        await mail(sending, to=to)
        await deliver_due(sending)
        assert mailbox.mails == []
        assert [row.last_error for row in await rows(sending)] == ["bad_address"]

    async def test_a_server_that_is_down_uses_up_no_other_attempts(self, sending: Services) -> None:
        down = with_settings(sending, smtp_url=SecretStr("smtp://127.0.0.1:9"))
        await mail(down)
        await mail(down)
        await deliver_due(down)
        assert sorted((row.attempts, row.last_error) for row in await rows(down)) == [(0, None), (1, "unreachable")]


class TestWebhook:
    async def test_it_is_signed_with_its_time(self, sending: Services, receiver: Receiver, clock: HandClock) -> None:
        await event(sending)
        await deliver_due(sending)
        ((headers, body),) = receiver.requests
        stamp = headers["X-Hub-Timestamp"]
        expected = hmac.new(WEBHOOK_SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        assert headers["X-Hub-Signature-256"] == f"sha256={expected}"
        assert int(stamp) == int(clock.now().timestamp())
        (told,) = receiver.events()
        assert told == {"case": "é1", "id": headers["X-Hub-Event-Id"]}

    @pytest.mark.parametrize(
        ("status", "left"), [(302, "dead"), (404, "dead"), (429, "waiting"), (500, "waiting"), (200, "sent")]
    )
    async def test_what_an_answer_means(self, sending: Services, receiver: Receiver, status: int, left: str) -> None:
        receiver.answers = [status]
        await event(sending)
        await deliver_due(sending)
        assert [row.status for row in await rows(sending)] == [left]
        assert len(receiver.requests) == 1

    async def test_a_repeat_has_the_same_id(self, sending: Services, receiver: Receiver, clock: HandClock) -> None:
        receiver.answers = [503]
        await event(sending)
        for _ in range(2):
            await deliver_due(sending)
            clock.move(minutes=1)
        first, second = receiver.events()
        assert first["id"] == second["id"]


class TestTwoProcesses:
    async def test_one_sends(self, sending: Services, receiver: Receiver, mailbox: Mailbox) -> None:
        for _ in range(5):
            await event(sending)
            await mail(sending)
        await asyncio.gather(*(deliver_due(sending) for _ in range(4)))
        for _ in range(2):
            await deliver_due(sending)
        assert len({told["id"] for told in receiver.events()}) == len(receiver.requests) == 5
        assert len(mailbox.mails) == 5

    async def test_what_a_killed_process_held_comes_back(
        self, sending: Services, receiver: Receiver, clock: HandClock
    ) -> None:
        await event(sending)
        claimed = await delivery._claim(sending, "webhook")
        assert claimed is not None
        await deliver_due(sending)
        assert receiver.requests == []
        clock.move(minutes=1)
        await deliver_due(sending)
        assert len(receiver.requests) == 1

    def test_two_attempts_never_overlap(self) -> None:
        assert timedelta(seconds=SENDING_SECONDS) < pause_after(1)
        pauses = [pause_after(number) for number in range(1, MAX_ATTEMPTS)]
        assert [later / earlier for earlier, later in pairwise(pauses)] == [5] * 4


class TestDeadLetters:
    async def test_after_the_last_attempt_a_manager_sends_it_again(
        self, sending: Services, receiver: Receiver, clock: HandClock
    ) -> None:
        receiver.answers = [500] * MAX_ATTEMPTS
        await event(sending)
        for number in range(1, MAX_ATTEMPTS + 1):
            await deliver_due(sending)
            clock.move(seconds=pause_after(number).total_seconds())
        assert len(receiver.requests) == MAX_ATTEMPTS
        async with claire_at(sending) as desk:
            (dead,) = (await desk.get("/api/outbox", status="dead")).json()["items"]
            assert (dead["attempts"], dead["last_error"], dead["template"]) == (MAX_ATTEMPTS, "http_500", "case.claim")
            path = f"/api/outbox/{dead['id']}/retry"
            assert (await desk.post(path)).json()["status"] == "waiting"
            await deliver_due(sending)
            assert len(receiver.requests) == MAX_ATTEMPTS + 1
            assert error_of(await desk.post(path)) == (409, "not_dead")

    async def test_or_gives_it_up(self, sending: Services, receiver: Receiver) -> None:
        receiver.answers = [404]
        await event(sending)
        await deliver_due(sending)
        async with claire_at(sending) as desk:
            (dead,) = (await desk.get("/api/outbox", status="dead")).json()["items"]
            path = f"/api/outbox/{dead['id']}"
            assert error_of(await desk.http.delete(path)) == (403, "csrf_mismatch")
            assert (await desk.http.delete(path, headers={"X-CSRF-Token": desk.csrf})).status_code == 204
        assert await rows(sending) == []

    async def test_managers_see_those_of_their_hubs_counsellors_none(
        self, sending: Services, receiver: Receiver
    ) -> None:
        for hub in ("colmar", "thionville", None):
            await event(sending, hub)
        paul = update(AccountRow).where(AccountRow.email == PAUL[0])
        async with client_of(create_public_app(sending)) as client:
            for role, seen in (("manager", {"thionville", None}), ("counsellor", None)):
                async with sending.sessions() as session, session.begin():
                    await session.execute(paul.values(hubs=["thionville"], role=role))
                reply = await (await sign_in(client, PAUL)).get("/api/outbox")
                if seen is None:
                    assert error_of(reply) == (403, "not_allowed")
                else:
                    assert {item["hub"] for item in reply.json()["items"]} == seen

    async def test_it_says_what_is_not_set(self, claire: Desk) -> None:
        assert (await claire.get("/api/outbox")).json() == {"items": [], "sends_mail": False, "sends_webhook": False}

    async def test_they_are_forgotten_in_time(self, sending: Services, receiver: Receiver, clock: HandClock) -> None:
        receiver.answers = [404, 204]
        await event(sending)
        await deliver_due(sending)
        await event(sending)
        await deliver_due(sending)
        for days, left in ((8, ["sent"]), (23, [])):
            clock.move(days=days)
            await forget_delivered(sending)
            assert [row.status for row in await rows(sending)] == left


async def test_erasing_a_conversation_erases_what_was_to_be_sent(services: Services, person: Person) -> None:
    await event(services, conversation_id=person.id)
    await event(services)
    assert (await person.http.delete(person.path, headers=person.headers)).status_code == 204
    assert [row.conversation_id for row in await rows(services)] == ["c1"]


class TestSettings:
    @pytest.mark.parametrize(
        "changes",
        [
            {"smtp_url": "smtp://hub.test"},
            {"smtp_url": "http://hub.test", "mail_from": "a@hub.test"},
            {"smtp_url": "smtp://hub.test", "mail_from": "Le hub <a@hub.test>"},
            {"webhook_url": "https://hub.test/x"},
            {"webhook_url": "file:///etc/passwd", "webhook_secret": "x"},
        ],
    )
    def test_half_a_setting_is_refused_at_start(self, changes: dict[str, str]) -> None:
        with pytest.raises(ValidationError):
            Settings(_env_file=None, **changes)  # type: ignore[arg-type]

    def test_a_password_only_travels_encrypted(self) -> None:
        from api.notifications.mail_server import mail_server as read

        assert read("smtp://a%40b:p%3Aw@hub.test").start_tls is True
        assert read("smtp://a%40b:p%3Aw@hub.test").password == "p:w"
        assert (read("smtps://hub.test").port, read("smtps://hub.test").tls) == (465, True)
        assert "p:w" not in repr(read("smtp://a:p%3Aw@hub.test"))
