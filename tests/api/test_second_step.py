"""The second step of signing in, as someone with a phone meets it."""

import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from api.accounts.second_step import STEP_SECONDS, matching_step
from api.accounts.throttling import FAILURES_ALLOWED
from api.accounts.vault import KEY_FILE, SecretUnreadable, Vault, open_vault
from api.app import create_public_app
from api.services import Services
from tests.api.conftest import CLAIRE, PAUL, Desk, HandClock, client_of, error_of, kept_by, sign_in, with_settings

TOTP = "/api/me/totp"
Signing = tuple[int, str]


@pytest.fixture
async def phone(clock: HandClock, claire: Desk) -> pyotp.TOTP:
    """The phone of Claire, whose second step is on; the time of the first code is over."""
    phone = pyotp.TOTP((await claire.post(TOTP, {"password": CLAIRE[1]})).json()["secret"])
    reply = await claire.post(f"{TOTP}/confirm", {"totp": phone.at(clock.now())})
    assert reply.status_code == 200, reply.text
    clock.move(seconds=2 * STEP_SECONDS)
    return phone


@pytest.fixture
async def elsewhere(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with client_of(app) as client:
        yield client


async def enter(http: httpx.AsyncClient, totp: str | None = None, password: str = CLAIRE[1]) -> Signing:
    body = {"email": CLAIRE[0], "password": password} | ({"totp": totp} if totp else {})
    reply = await http.post("/api/session", json=body)
    return (200, "") if reply.status_code == 200 else error_of(reply)


async def test_turning_it_on(clock: HandClock, claire: Desk, services: Services, elsewhere: httpx.AsyncClient) -> None:
    other = await sign_in(elsewhere, CLAIRE)
    assert error_of(await claire.post(TOTP, {"password": "non"})) == (401, "bad_credentials")
    offered = (await claire.post(TOTP, {"password": CLAIRE[1]})).json()
    assert offered["uri"].startswith("otpauth://totp/")
    assert offered["qr"].startswith("data:image/svg+xml")
    assert await enter(elsewhere) == (200, "")  # not on yet
    assert error_of(await claire.post(f"{TOTP}/confirm", {"totp": "000000"})) == (401, "bad_totp")
    code = pyotp.TOTP(offered["secret"]).at(clock.now())
    codes = (await claire.post(f"{TOTP}/confirm", {"totp": f"{code[:3]} {code[3:]}"})).json()["recovery_codes"]
    assert len(set(codes)) == 8
    assert (await claire.get("/api/me")).json()["totp"] is True
    assert error_of(await other.get("/api/me")) == (401, "not_signed_in")
    assert error_of(await claire.post(TOTP, {"password": CLAIRE[1]})) == (409, "totp_already_on")
    kept = await kept_by(services)
    for secret in (offered["secret"], codes[0], codes[0].replace("-", "")):
        assert secret.encode() not in kept


async def test_signing_in_asks_for_a_code_that_works_once(
    phone: pyotp.TOTP, clock: HandClock, elsewhere: httpx.AsyncClient
) -> None:
    code = phone.at(clock.now())
    assert await enter(elsewhere) == (401, "totp_required")
    assert await enter(elsewhere, code, "un mauvais mot de passe") == (401, "bad_credentials")
    assert await enter(elsewhere, phone.at(clock.now() - timedelta(seconds=3 * STEP_SECONDS))) == (401, "bad_totp")
    assert await enter(elsewhere, code) == (200, "")
    assert await enter(elsewhere, code) == (401, "bad_totp")
    assert await enter(elsewhere, phone.at(clock.now() - timedelta(seconds=STEP_SECONDS))) == (401, "bad_totp")
    clock.move(seconds=STEP_SECONDS)
    assert await enter(elsewhere, phone.at(clock.now())) == (200, "")


async def test_guessing_codes_is_stopped(phone: pyotp.TOTP, clock: HandClock, elsewhere: httpx.AsyncClient) -> None:
    for _ in range(FAILURES_ALLOWED):
        assert await enter(elsewhere, "000000") == (401, "bad_totp")
    assert await enter(elsewhere, phone.at(clock.now())) == (429, "too_many_attempts")


async def test_a_lost_phone(phone: pyotp.TOTP, claire: Desk, elsewhere: httpx.AsyncClient) -> None:
    renewed = await claire.post(f"{TOTP}/recovery-codes", {"password": CLAIRE[1]})
    code = renewed.json()["recovery_codes"][0]
    assert await enter(elsewhere, code.upper()) == (200, "")
    assert await enter(elsewhere, code) == (401, "bad_totp")
    assert (await claire.post(f"{TOTP}/off", {"password": CLAIRE[1]})).status_code == 204
    assert await enter(elsewhere) == (200, "")


async def test_a_manager_helps_who_lost_everything(phone: pyotp.TOTP, claire: Desk, paul: Desk) -> None:
    me = (await claire.get("/api/me")).json()
    reply = await paul.http.delete(f"/api/accounts/{me['id']}/totp", headers={"X-CSRF-Token": paul.csrf})
    assert reply.status_code == 204
    assert error_of(await claire.get("/api/me")) == (401, "not_signed_in")
    assert await enter(claire.http) == (200, "")


async def test_where_it_is_the_rule_nothing_comes_before_it(services: Services, clock: HandClock) -> None:
    async with client_of(create_public_app(with_settings(services, totp_required=True))) as http:
        paul = await sign_in(http, PAUL)
        assert (await paul.get("/api/me")).json()["must_enrol"] is True
        assert error_of(await paul.get("/api/cases")) == (403, "must_enrol_totp")
        secret = (await paul.post(TOTP, {"password": PAUL[1]})).json()["secret"]
        await paul.post(f"{TOTP}/confirm", {"totp": pyotp.TOTP(secret).at(clock.now())})
        assert (await paul.get("/api/cases")).status_code == 200
        assert error_of(await paul.post(f"{TOTP}/off", {"password": PAUL[1]})) == (409, "totp_is_the_rule")


def test_the_key_is_drawn_once_and_read_by_its_owner_alone(services: Services) -> None:
    kept = open_vault(services.settings).lock("secret")
    file = services.settings.data_dir / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert open_vault(services.settings).unlock(kept) == "secret"
    set_key = with_settings(services, secret_key=SecretStr("une clé de seize signes")).settings
    with pytest.raises(SecretUnreadable):
        open_vault(set_key).unlock(kept)
    assert [found.name for found in services.settings.data_dir.glob("secret*")] == [KEY_FILE]


@given(st.text(max_size=40))
def test_what_is_locked_is_unlocked(text: str) -> None:
    vault = Vault("une clé de seize signes")
    assert vault.unlock(vault.lock(text)) == text


@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=-5, max_value=5))
def test_a_code_counts_one_step_around_its_own(seconds: int, drift: int) -> None:
    secret, now = "JBSWY3DPEHPK3PXP" * 2, datetime.fromtimestamp(seconds + 300, UTC)
    shown = pyotp.TOTP(secret).at(now + timedelta(seconds=drift * STEP_SECONDS))
    found = matching_step(secret, shown, now)
    if abs(drift) <= 1:
        assert found is not None
    elif found is not None:  # two steps may show the same digits
        assert pyotp.TOTP(secret).at(found * STEP_SECONDS) == shown
