"""Signing in at the organisation's provider: a real provider process, and a browser that goes there and back."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.async_api import expect
from pydantic import SecretStr, ValidationError
from sqlalchemy import update

from api.accounts.models import AccountRow
from api.app import create_public_app
from api.services import Services
from api.settings import Settings
from knowledge.clock import Clock
from tests.api.conftest import CLAIRE, client_of, error_of, with_settings
from tests.api.live import barriers, browsing

PEOPLE: dict[str, dict[str, Any]] = {
    "claire": {"email": "Claire@Hub.test", "email_verified": True},
    "unverified": {"email": CLAIRE[0], "email_verified": False},
    "stranger": {"email": "stranger@elsewhere.test", "email_verified": True},
}
REFUSED = "/conseil?refus=oidc"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider that knows `PEOPLE`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [part for sub, more in PEOPLE.items() for part in ("--user-claims", json.dumps({"sub": sub, **more}))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", *claims]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/.well-known/openid-configuration")
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the provider did not start")


@pytest.fixture
async def browser(services: Services, issuer: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a site that knows the provider. What a provider signs bears the true time."""
    settings = {"oidc_issuer": issuer, "oidc_client_id": "hub", "oidc_client_secret": SecretStr("secret")}
    site = replace(with_settings(services, public_url="http://hub.test", **settings), clock=Clock())
    async with client_of(create_public_app(site)) as client:
        yield client


async def answer(browser: httpx.AsyncClient, sub: str) -> str:
    """Goes to the provider, says who one is there; the address one is sent back to."""
    out = await browser.get("/conseil/oidc")
    assert out.status_code == 303
    asked = parse_qs(urlsplit(out.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"] != asked["nonce"]
    async with httpx.AsyncClient(trust_env=False) as there:
        back = await there.post(out.headers["location"], data={"sub": sub})
    assert back.status_code == 302, back.text
    return str(back.headers["location"])


async def test_there_and_back(browser: httpx.AsyncClient) -> None:
    assert 'href="/conseil/oidc"' in (await browser.get("/conseil")).text
    back = await browser.get(await answer(browser, "claire"))
    assert (back.status_code, back.headers["location"]) == (303, "/conseil")
    assert (await browser.get("/api/me")).json()["email"] == CLAIRE[0]
    assert "hub_oidc" not in browser.cookies


@pytest.mark.parametrize("sub", ["unverified", "stranger"])
async def test_only_a_verified_address_that_has_an_account_opens(browser: httpx.AsyncClient, sub: str) -> None:
    back = await browser.get(await answer(browser, sub))
    assert back.headers["location"] == REFUSED
    assert error_of(await browser.get("/api/me")) == (401, "not_signed_in")


async def test_an_ended_account_stays_ended(browser: httpx.AsyncClient, services: Services) -> None:
    async with services.sessions() as session, session.begin():
        await session.execute(update(AccountRow).where(AccountRow.email == CLAIRE[0]).values(active=False))
    assert (await browser.get(await answer(browser, "claire"))).headers["location"] == REFUSED


async def test_an_answer_counts_once_and_only_where_it_was_asked_for(browser: httpx.AsyncClient) -> None:
    address = await answer(browser, "claire")
    errand = browser.cookies["hub_oidc"]
    forged = address.replace("state=", "state=x")
    assert (await browser.get(forged, headers={"Cookie": f"hub_oidc={errand}"})).headers["location"] == REFUSED
    browser.cookies.clear()
    assert (await browser.get(address)).headers["location"] == REFUSED
    # Another errand has another state, nonce and verifier.
    await browser.get("/conseil/oidc")
    assert (await browser.get(address)).headers["location"] == REFUSED
    assert error_of(await browser.get("/api/me")) == (401, "not_signed_in")


async def test_a_provider_that_does_not_answer(services: Services) -> None:
    settings = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "hub", "oidc_client_secret": SecretStr("secret")}
    async with client_of(create_public_app(with_settings(services, **settings))) as http:
        assert (await http.get("/conseil/oidc")).headers["location"] == REFUSED


async def test_without_a_provider_there_is_no_button(http: httpx.AsyncClient) -> None:
    assert "/conseil/oidc" not in (await http.get("/conseil")).text
    assert error_of(await http.get("/conseil/oidc")) == (404, "not_found")


def test_the_provider_is_set_whole_or_not_at_all() -> None:
    with pytest.raises(ValidationError):
        Settings(_env_file=None, oidc_issuer="https://id.example")


async def test_the_button_in_a_browser(services: Services, issuer: str) -> None:
    settings = {"oidc_issuer": issuer, "oidc_client_id": "hub", "oidc_client_secret": SecretStr("secret")}
    app = create_public_app(replace(with_settings(services, **settings), clock=Clock()))
    async with browsing(app) as page:
        await page.goto("/conseil")
        app.state.services = with_settings(app.state.services, public_url=page.url.removesuffix("/conseil"))
        button = page.get_by_role("link", name="Se connecter avec votre organisation")
        refused = page.get_by_role("alert").filter(has_text="La connexion par votre organisation n'a pas abouti")

        await button.click()
        await page.get_by_role("button", name="Deny").click()
        await expect(refused).to_be_visible()
        await button.click()
        await page.get_by_role("button", name="stranger").click()
        await expect(refused).to_be_visible()
        assert await barriers(page) == []

        await button.click()
        await page.get_by_role("button", name="claire").click()
        await expect(page.get_by_role("heading", name="Demandes")).to_be_visible()
        await expect(refused).to_have_count(0)
        await page.get_by_role("button", name="Se déconnecter").click()
        await expect(button).to_be_visible()
        assert (await page.request.get("/api/me")).status == 401
