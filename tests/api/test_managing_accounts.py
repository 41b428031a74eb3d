"""A manager gives accounts, changes them and takes them away, within their hubs and their role."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import update
from typer.testing import CliRunner, Result

from api.accounts.models import AccountRow
from api.accounts.roles import ALL_HUBS, ROLES, Role, may_manage, shares
from api.app import create_public_app
from api.cli import app as cli
from api.commands.accounts import UnknownAccount
from api.notifications.delivery import deliver_due
from api.services import Services
from tests.api.conftest import (
    CLAIRE,
    JSON,
    PAUL,
    TODAY,
    Desk,
    HandClock,
    client_of,
    error_of,
    kept_by,
    sign_in,
    with_settings,
)
from tests.api.post import Mailbox, text_of

pytestmark = pytest.mark.both_databases

HUB, OTHER = "colmar", "troyes"
NEW = "une toute nouvelle phrase de passe"
LEA: JSON = {"email": "lea@hub.test", "name": "Léa Martin", "role": "counsellor", "hubs": [HUB]}


@pytest.fixture
def mailing(services: Services, mailbox: Mailbox, clock: HandClock) -> Services:
    """The application with a mail server."""
    return with_settings(
        services,
        smtp_url=SecretStr(mailbox.url),
        mail_from="ne-pas-repondre@hub.test",
        public_url="https://hub.example",
    )


async def demote(services: Services, account: tuple[str, str], role: Role, hubs: list[str]) -> None:
    async with services.sessions() as session, session.begin():
        row = update(AccountRow).where(AccountRow.email == account[0])
        await session.execute(row.values(role=role, hubs=hubs))


@pytest.fixture
async def manager(services: Services, app: FastAPI) -> AsyncIterator[Desk]:
    """Paul, manager of Colmar."""
    await demote(services, PAUL, "manager", [HUB])
    async with client_of(app) as http:
        yield await sign_in(http, PAUL)


async def accounts(desk: Desk) -> dict[str, JSON]:
    reply = await desk.get("/api/accounts")
    assert reply.status_code == 200, reply.text
    return {item["email"]: item for item in reply.json()["items"]}


async def patch(desk: Desk, account_id: str, **changes: object) -> tuple[int, str]:
    reply = await desk.http.patch(f"/api/accounts/{account_id}", json=changes, headers={"X-CSRF-Token": desk.csrf})
    return (200, "") if reply.status_code == 200 else error_of(reply)


class TestInviting:
    async def test_by_mail(self, mailing: Services, mailbox: Mailbox) -> None:
        async with client_of(create_public_app(mailing)) as http, client_of(create_public_app(mailing)) as lea:
            claire = await sign_in(http, CLAIRE)
            invited = await claire.post("/api/accounts", LEA)
            assert invited.status_code == 201
            assert invited.json()["link"] is None
            assert (await accounts(claire))[LEA["email"]]["invited"] is True
            token = await self.token_received(mailing, mailbox, "https://hub.example/conseil/invitation#")
            opened = (await lea.post("/api/account-links/open", json={"token": token})).json()
            assert opened == {"email": LEA["email"], "name": LEA["name"], "purpose": "invitation"}
            weak = await lea.post("/api/account-links/use", json={"token": token, "password": "court"})
            assert error_of(weak) == (422, "weak_password")
            used = await lea.post("/api/account-links/use", json={"token": token, "password": NEW})
            assert used.status_code == 204
            again = await lea.post("/api/account-links/use", json={"token": token, "password": NEW})
            assert error_of(again) == (410, "link_over")
            desk = await sign_in(lea, (LEA["email"], NEW))
            assert (await desk.get("/api/me")).json()["role"] == "counsellor"

    async def test_a_mail_that_waits_holds_no_link(self, mailing: Services, clock: HandClock) -> None:
        async with client_of(create_public_app(mailing)) as http:
            claire = await sign_in(http, CLAIRE)
            assert (await claire.post("/api/accounts", LEA)).status_code == 201
        kept = await kept_by(mailing)
        assert LEA["email"].encode() in kept
        assert b"/conseil/invitation" not in kept

    async def test_an_account_that_was_closed_meanwhile_gets_none(self, mailing: Services, mailbox: Mailbox) -> None:
        async with client_of(create_public_app(mailing)) as http:
            claire = await sign_in(http, CLAIRE)
            await claire.post("/api/accounts", LEA)
            account = (await accounts(claire))[LEA["email"]]
            assert await patch(claire, account["id"], active=False) == (200, "")
            await deliver_due(mailing)
            (failed,) = (await claire.get("/api/outbox")).json()["items"]
        assert failed["last_error"] == "account_closed"
        assert mailbox.mails == []

    async def token_received(self, mailing: Services, mailbox: Mailbox, page: str) -> str:
        await deliver_due(mailing)
        (mail,) = mailbox.mails
        (line,) = [line for line in text_of(mail).splitlines() if line.startswith(page)]
        return line.removeprefix(page)

    async def test_without_a_mail_server_the_link_is_told_once(self, manager: Desk, services: Services) -> None:
        link = (await manager.post("/api/accounts", LEA)).json()["link"]
        page, _, token = link.partition("#")
        assert page.endswith("/conseil/invitation")
        assert "link" not in (await accounts(manager))[LEA["email"]]
        kept = await kept_by(services)
        assert token.encode() not in kept

    async def test_a_new_link_replaces_the_first(self, manager: Desk) -> None:
        first = (await manager.post("/api/accounts", LEA)).json()
        second = (await manager.post(f"/api/accounts/{first['id']}/link")).json()
        for link, status in ((first["link"], 410), (second["link"], 200)):
            reply = await manager.http.post("/api/account-links/open", json={"token": link.partition("#")[2]})
            assert reply.status_code == status

    async def test_an_invitation_does_not_last(self, mailing: Services, mailbox: Mailbox, clock: HandClock) -> None:
        async with client_of(create_public_app(mailing)) as http:
            claire = await sign_in(http, CLAIRE)
            await claire.post("/api/accounts", LEA)
            token = await self.token_received(mailing, mailbox, "https://hub.example/conseil/invitation#")
            clock.move(days=7, seconds=1)
            assert error_of(await http.post("/api/account-links/open", json={"token": token})) == (410, "link_over")

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"email": CLAIRE[0].upper()}, (409, "email_taken")),
            ({"email": "lea@hub.test\r\nBcc: all@hub.test"}, (422, "invalid_input")),
            ({"role": "administrator"}, (403, "not_allowed")),
            ({"role": "regional"}, (403, "not_allowed")),
            ({"hubs": [OTHER]}, (403, "not_allowed")),
            ({"hubs": [HUB, OTHER]}, (403, "not_allowed")),
            ({"hubs": [ALL_HUBS]}, (403, "not_allowed")),
            ({"hubs": ["atlantis"]}, (422, "unknown_hub")),
            ({"hubs": []}, (422, "invalid_input")),
        ],
    )
    async def test_refusals(self, manager: Desk, changes: JSON, expected: tuple[int, str]) -> None:
        assert error_of(await manager.post("/api/accounts", LEA | changes)) == expected


class TestForgotten:
    async def test_the_answer_is_the_same_for_everyone(self, mailing: Services, mailbox: Mailbox) -> None:
        async with client_of(create_public_app(mailing)) as http:
            replies = [
                await http.post("/api/account-links", json={"email": email}) for email in (CLAIRE[0], "no@hub.test")
            ]
            await deliver_due(mailing)
        assert {(reply.status_code, reply.text) for reply in replies} == {(202, "{}")}
        assert [mail["To"] for mail in mailbox.mails] == [CLAIRE[0]]
        assert "https://hub.example/conseil/mot-de-passe#" in text_of(mailbox.mails[0])

    async def test_asking_again_and_again_is_stopped(self, app: FastAPI) -> None:
        async with client_of(app) as http:
            replies = [await http.post("/api/account-links", json={"email": "no@hub.test"}) for _ in range(9)]
        assert [reply.status_code for reply in replies] == [202] * 8 + [429]

    async def test_a_new_password_ends_the_sessions(self, services: Services, manager: Desk, claire: Desk) -> None:
        await demote(services, CLAIRE, "counsellor", [HUB])
        other = (await accounts(manager))[CLAIRE[0]]
        token = (await manager.post(f"/api/accounts/{other['id']}/link")).json()["link"].partition("#")[2]
        body = {"token": token, "password": NEW}
        assert (await claire.http.post("/api/account-links/use", json=body)).status_code == 204
        assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")
        await sign_in(claire.http, (CLAIRE[0], NEW))


class TestChanging:
    async def test_an_ended_account_opens_nothing(self, services: Services, manager: Desk, claire: Desk) -> None:
        await demote(services, CLAIRE, "counsellor", [HUB])
        claires = (await accounts(manager))[CLAIRE[0]]
        assert (claires["active"], claires["sessions"], claires["may_change"]) == (True, 1, True)
        assert await patch(manager, claires["id"], active=False) == (200, "")
        assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")
        body = {"email": CLAIRE[0], "password": CLAIRE[1]}
        assert error_of(await claire.http.post("/api/session", json=body)) == (401, "bad_credentials")
        assert await patch(manager, claires["id"], active=True) == (200, "")
        await sign_in(claire.http, CLAIRE)

    async def test_sessions_are_ended(self, services: Services, manager: Desk, claire: Desk) -> None:
        await demote(services, CLAIRE, "counsellor", [HUB])
        path = f"/api/accounts/{(await accounts(manager))[CLAIRE[0]]['id']}/sessions"
        assert (await manager.http.delete(path, headers={"X-CSRF-Token": manager.csrf})).status_code == 204
        assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")

    async def test_what_a_manager_may_not_change(self, services: Services, manager: Desk) -> None:
        seen = await accounts(manager)
        assert await patch(manager, seen[PAUL[0]]["id"], active=False) == (409, "own_account")
        assert seen[CLAIRE[0]]["may_change"] is False
        assert await patch(manager, seen[CLAIRE[0]]["id"], role="counsellor") == (403, "not_allowed")
        await demote(services, CLAIRE, "counsellor", [OTHER])
        assert CLAIRE[0] not in await accounts(manager)
        assert await patch(manager, seen[CLAIRE[0]]["id"], active=False) == (404, "not_found")
        await demote(services, CLAIRE, "counsellor", [HUB])
        assert await patch(manager, seen[CLAIRE[0]]["id"], role="administrator") == (403, "not_allowed")
        assert await patch(manager, seen[CLAIRE[0]]["id"], hubs=[OTHER]) == (403, "not_allowed")
        assert await patch(manager, seen[CLAIRE[0]]["id"], role="manager") == (200, "")


class TestRules:
    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_gives_more_than_they_have(self, role: Role) -> None:
        for other in ROLES:
            allowed = may_manage(role, [HUB], other, [HUB])
            assert not (allowed and ROLES.index(other) > ROLES.index(role))
            assert not may_manage(role, [HUB], other, [OTHER])
            assert not may_manage(role, [HUB], other, [ALL_HUBS])
            assert may_manage(role, [ALL_HUBS], other, [ALL_HUBS]) == may_manage(role, [HUB], other, [HUB])

    def test_who_shares_a_hub(self) -> None:
        assert shares([HUB], [HUB, OTHER])
        assert shares([ALL_HUBS], [OTHER])
        assert shares([HUB], [ALL_HUBS])
        assert not shares([HUB], [OTHER])
        assert not shares([], [ALL_HUBS])


class TestOperator:
    @pytest.fixture
    def run(self, services: Services, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
        """The command, on the database of the test."""
        monkeypatch.setenv("HUB_DATA_DIR", str(services.settings.data_dir))
        monkeypatch.setenv("HUB_DATABASE_URL", services.settings.database)
        monkeypatch.setenv("HUB_TODAY", TODAY.isoformat())
        return lambda *words: CliRunner().invoke(cli, ["accounts", "reset", *words])

    async def test_a_way_in_for_who_lost_theirs(self, run: Callable[..., Result], app: FastAPI) -> None:
        told = await asyncio.to_thread(run, CLAIRE[0], "--second-step")
        assert told.exit_code == 0, told.output
        token = told.stdout.split("/conseil/mot-de-passe#")[1].strip()
        async with client_of(app) as http:
            reply = await http.post("/api/account-links/use", json={"token": token, "password": NEW})
            assert reply.status_code == 204
            await sign_in(http, (CLAIRE[0], NEW))

    async def test_an_unknown_address_is_said(self, run: Callable[..., Result]) -> None:
        told = await asyncio.to_thread(run, "no@hub.test")
        assert isinstance(told.exception, UnknownAccount)
