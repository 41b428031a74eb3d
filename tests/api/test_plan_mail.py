"""The action plan by e-mail."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api.notifications.delivery import deliver_due
from api.notifications.models import OutboxRow
from api.services import Services
from tests.api.conftest import EMAIL, HandClock, Person, ScriptedEngine, asks, error_of, with_settings
from tests.api.post import Mailbox, text_of

pytestmark = pytest.mark.usefixtures("sending")


async def ask(person: Person, email: str = EMAIL, **body: object) -> httpx.Response:
    content = {"email": email, **body}
    return await person.http.post(f"{person.path}/plan/mail", json=content, headers=person.headers)


async def test_the_plan_arrives_and_the_address_is_not_kept(
    sending: Services, mailbox: Mailbox, person: Person
) -> None:
    reply = await ask(person)
    assert (reply.status_code, reply.json()) == (202, {"kept": False})
    await deliver_due(sending)
    (mail,) = mailbox.mails
    (file,) = mail.iter_attachments()
    assert (mail["To"], file.get_content_type()) == (EMAIL, "application/pdf")
    assert file.get_content().startswith(b"%PDF-")
    assert "reprendre" not in text_of(mail)
    assert "email" not in (await person.state())["profile"]
    async with sending.sessions() as session:
        assert [row.content for row in await session.scalars(select(OutboxRow))] == [{}]


async def test_with_consent_it_is_kept_for_the_news_of_a_request(person: Person) -> None:
    assert (await ask(person, consent=True)).json() == {"kept": True}
    state = await person.state()
    assert (state["profile"]["email"], state["mail_news"]) == (EMAIL, True)


async def test_under_15_none_is_taken(person: Person, engine: ScriptedEngine) -> None:
    engine.answers = [asks({"age": 14})]
    await person.say("j'ai 14 ans")
    assert error_of(await ask(person, consent=True)) == (409, "too_young_for_mail")


@pytest.mark.parametrize("email", ["léa", "a@b", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr"])
async def test_what_is_no_address_is_refused(person: Person, email: str) -> None:
    assert error_of(await ask(person, email)) == (422, "bad_address")


async def test_three_an_hour(person: Person, clock: HandClock) -> None:
    for _ in range(3):
        assert (await ask(person)).status_code == 202
    refused = await ask(person)
    assert error_of(refused) == (429, "too_many_mails")
    assert refused.headers["Retry-After"] == "3600"
    clock.move(hours=1)
    assert (await ask(person)).status_code == 202


async def test_without_a_mail_server_nothing_is_promised(app: FastAPI, services: Services, person: Person) -> None:
    app.state.services = with_settings(services, smtp_url=None)
    assert error_of(await ask(person)) == (409, "mail_not_set")
