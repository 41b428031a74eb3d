"""Counsellors sign in and out over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from argon2 import PasswordHasher, Type
from fastapi import FastAPI
from sqlalchemy import select, update

from api.accounts.first import BadBootstrap, bootstrap_accounts, ensure_first_account
from api.accounts.models import AccountRow, CounsellorSessionRow, LoginFailureRow
from api.accounts.sessions import SESSION_IDLE, SESSION_LENGTH
from api.accounts.throttling import FAILURES_ALLOWED, FAILURES_WINDOW
from api.app import create_public_app
from api.services import Services
from tests.api.conftest import CLAIRE, Desk, client_of, error_of, kept_by, sign_in, with_settings

NEW = "une toute nouvelle phrase de passe"


async def try_sign_in(http: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await http.post("/api/session", json={"email": email, "password": password})


def test_a_stolen_password_is_slow_to_guess(strong_hasher: PasswordHasher) -> None:
    assert strong_hasher.type is Type.ID
    assert strong_hasher.memory_cost >= 19 * 1024  # KiB
    assert strong_hasher.time_cost >= 2


class TestSigningIn:
    async def test_the_cookie_is_for_this_site_only_and_no_script_reads_it(
        self, http: httpx.AsyncClient, services: Services
    ) -> None:
        reply = await try_sign_in(http, "Claire@Hub.test", CLAIRE[1])
        cookie = reply.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "secure" not in cookie
        async with client_of(create_public_app(with_settings(services, cookie_secure=True))) as behind_tls:
            assert "; secure" in (await try_sign_in(behind_tls, *CLAIRE)).headers["set-cookie"].lower()

    async def test_who_is_signed_in(self, claire: Desk) -> None:
        me = (await claire.get("/api/me")).json()
        assert (me["email"], me["name"], me["hubs"], me["must_change"]) == (CLAIRE[0], "Claire", ["*"], False)
        assert me["csrf"] == claire.csrf

    @pytest.mark.parametrize(
        ("email", "password"), [(CLAIRE[0], "non"), ("nobody@hub.test", CLAIRE[1]), ("' OR 1=1", "a")]
    )
    async def test_a_refusal_does_not_say_what_was_wrong(
        self, http: httpx.AsyncClient, email: str, password: str
    ) -> None:
        reply = await try_sign_in(http, email, password)
        assert error_of(reply) == (401, "bad_credentials")
        assert "set-cookie" not in reply.headers
        assert error_of(await http.get("/api/me")) == (401, "not_signed_in")

    async def test_guessing_is_stopped_for_a_while(self, http: httpx.AsyncClient, services: Services) -> None:
        for _ in range(FAILURES_ALLOWED):
            assert error_of(await try_sign_in(http, CLAIRE[0], "au hasard")) == (401, "bad_credentials")
        reply = await try_sign_in(http, *CLAIRE)
        assert error_of(reply) == (429, "too_many_attempts")
        assert int(reply.headers["retry-after"]) > 0
        async with services.sessions() as session, session.begin():
            await session.execute(update(LoginFailureRow).values(at=services.clock.now() - FAILURES_WINDOW))
        assert (await try_sign_in(http, *CLAIRE)).status_code == 200

    async def test_the_database_keeps_neither_password_nor_cookie(self, claire: Desk, services: Services) -> None:
        kept = await kept_by(services)
        assert CLAIRE[0].encode() in kept
        assert CLAIRE[1].encode() not in kept
        assert claire.http.cookies["hub_session"].encode() not in kept

    async def test_a_name_of_ones_own(self, claire: Desk) -> None:
        reply = await claire.http.patch("/api/me", json={"name": " Claire D. "}, headers={"X-CSRF-Token": claire.csrf})
        assert reply.json()["name"] == "Claire D."


class TestSessions:
    async def test_signing_out(self, claire: Desk) -> None:
        cookie = claire.http.cookies["hub_session"]
        reply = await claire.http.delete("/api/session", headers={"X-CSRF-Token": claire.csrf})
        assert reply.status_code == 204
        claire.http.cookies.set("hub_session", cookie)
        assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")

    @pytest.mark.parametrize("age", [{"last_seen_at": SESSION_IDLE}, {"expires_at": SESSION_LENGTH}])
    async def test_a_session_ends(self, claire: Desk, services: Services, age: dict[str, timedelta]) -> None:
        then = {name: services.clock.now() - length - timedelta(seconds=1) for name, length in age.items()}
        async with services.sessions() as session, session.begin():
            await session.execute(update(CounsellorSessionRow).values(**then))
        assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")

    async def test_use_keeps_a_session_alive(self, claire: Desk, services: Services) -> None:
        before = services.clock.now() - SESSION_IDLE + timedelta(minutes=1)
        async with services.sessions() as session, session.begin():
            await session.execute(update(CounsellorSessionRow).values(last_seen_at=before))
        assert (await claire.get("/api/me")).status_code == 200
        async with services.sessions() as session:
            seen = await session.scalar(select(CounsellorSessionRow.last_seen_at))
        assert seen is not None
        assert seen.replace(tzinfo=before.tzinfo) > before

    @pytest.mark.parametrize("token", ["", "wrong", "é"])
    @pytest.mark.parametrize("path", ["/api/session", "/api/cases/x/claim", "/api/me/password"])
    async def test_a_change_needs_the_csrf_token(self, claire: Desk, path: str, token: str) -> None:
        method = "DELETE" if path == "/api/session" else "POST"
        headers = {"X-CSRF-Token": token.encode()} if token else {}
        body = {"current": CLAIRE[1], "new": NEW}
        reply = await claire.http.request(method, path, headers=headers, json=body)
        assert error_of(reply) == (403, "csrf_mismatch")
        assert (await claire.get("/api/me")).status_code == 200


class TestOwnSessions:
    async def test_they_are_listed_and_ended_one_by_one(self, app: FastAPI, claire: Desk) -> None:
        async with client_of(app) as elsewhere:
            elsewhere.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
            other = await sign_in(elsewhere, CLAIRE)
            items = (await claire.get("/api/me/sessions")).json()["items"]
            assert {(item["current"], item["device"]) for item in items} == {(True, ""), (False, "Firefox · Linux")}
            assert claire.http.cookies["hub_session"] not in str(items)
            (there,) = [item["id"] for item in items if not item["current"]]
            headers = {"X-CSRF-Token": claire.csrf}
            assert (await claire.http.delete(f"/api/me/sessions/{there}", headers=headers)).status_code == 204
            assert error_of(await other.get("/api/me")) == (401, "not_signed_in")
            assert error_of(await claire.http.delete(f"/api/me/sessions/{there}", headers=headers))[0] == 404

    async def test_nobody_ends_the_session_of_another(self, claire: Desk, paul: Desk) -> None:
        (hers,) = (await claire.get("/api/me/sessions")).json()["items"]
        reply = await paul.http.delete(f"/api/me/sessions/{hers['id']}", headers={"X-CSRF-Token": paul.csrf})
        assert error_of(reply) == (404, "not_found")

    async def test_all_others_at_once(self, app: FastAPI, claire: Desk) -> None:
        async with client_of(app) as elsewhere:
            other = await sign_in(elsewhere, CLAIRE)
            reply = await claire.http.delete("/api/me/sessions", headers={"X-CSRF-Token": claire.csrf})
            assert reply.status_code == 204
            assert error_of(await other.get("/api/me")) == (401, "not_signed_in")
            assert (await claire.get("/api/me")).status_code == 200


class TestPassword:
    async def change(self, desk: Desk, current: str, new: str) -> httpx.Response:
        return await desk.post("/api/me/password", {"current": current, "new": new})

    async def test_a_new_password_closes_the_other_sessions(self, app: FastAPI, claire: Desk) -> None:
        async with client_of(app) as elsewhere:
            other = await sign_in(elsewhere, CLAIRE)
            assert (await self.change(claire, CLAIRE[1], NEW)).status_code == 204
            assert error_of(await other.get("/api/me")) == (401, "not_signed_in")
            assert (await claire.get("/api/me")).status_code == 200
            assert error_of(await try_sign_in(elsewhere, *CLAIRE)) == (401, "bad_credentials")
            assert (await try_sign_in(elsewhere, CLAIRE[0], NEW)).status_code == 200

    async def test_refusals(self, claire: Desk) -> None:
        assert error_of(await self.change(claire, "non", NEW)) == (401, "bad_credentials")
        assert error_of(await self.change(claire, CLAIRE[1], "court")) == (422, "weak_password")
        assert error_of(await self.change(claire, CLAIRE[1], CLAIRE[1])) == (422, "weak_password")

    @pytest.fixture
    async def first(self, services: Services, http: httpx.AsyncClient) -> AsyncIterator[tuple[Desk, str]]:
        """The first account of a fresh install, signed in with the password it was given."""
        async with services.sessions() as session, session.begin():
            for account in await session.scalars(select(AccountRow)):
                await session.delete(account)
        async with services.sessions() as session, session.begin():
            email, password = await ensure_first_account(session, services.clock) or ("", "")
        yield await sign_in(http, (email, password)), password

    async def test_the_given_password_opens_nothing_before_it_is_replaced(self, first: tuple[Desk, str]) -> None:
        desk, password = first
        assert (await desk.get("/api/me")).json()["must_change"] is True
        assert error_of(await desk.get("/api/cases")) == (403, "must_change_password")
        assert error_of(await desk.post("/api/cases/x/claim")) == (403, "must_change_password")
        assert (await self.change(desk, password, NEW)).status_code == 204
        assert (await desk.get("/api/cases")).status_code == 200

    async def test_the_first_account_is_made_once(self, first: tuple[Desk, str], services: Services) -> None:
        async with services.sessions() as session, session.begin():
            assert await ensure_first_account(session, services.clock) is None


class TestBootstrap:
    async def test_again_changes_nothing(self, services: Services, http: httpx.AsyncClient) -> None:
        async with services.sessions() as session, session.begin():
            await bootstrap_accounts(session, f"{CLAIRE[0]}:un autre mot de passe", services.clock)
        assert (await try_sign_in(http, *CLAIRE)).status_code == 200

    async def test_a_password_may_hold_a_colon(self, services: Services, http: httpx.AsyncClient) -> None:
        async with services.sessions() as session, session.begin():
            await bootstrap_accounts(session, " lea@hub.test:a:b:c ,", services.clock)
        assert (await try_sign_in(http, "lea@hub.test", "a:b:c")).status_code == 200

    @pytest.mark.parametrize("setting", ["claire", "claire@hub.test", "claire@hub.test:", ":secret"])
    async def test_a_wrong_setting(self, services: Services, setting: str) -> None:
        async with services.sessions() as session, session.begin():
            with pytest.raises(BadBootstrap):
                await bootstrap_accounts(session, setting, services.clock)
