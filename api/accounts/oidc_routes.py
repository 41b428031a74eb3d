"""Signing in at the organisation's provider, where one is set: out, and back."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Request
from fastapi.responses import RedirectResponse

from api.accounts.routes import set_cookie
from api.accounts.service import account_of
from api.accounts.sessions import open_session
from api.accounts.tokens import same
from api.accounts.vault import SecretUnreadable, open_vault
from api.database import ServicesDep, SessionDep
from api.settings import Settings
from connectors.oidc.provider import Errand, Provider, ProviderFailed
from knowledge.errors import HubError, NotFound

router = APIRouter(prefix="/conseil/oidc", default_response_class=RedirectResponse)
ERRAND_COOKIE = "hub_oidc"
_ERRAND_LASTS = timedelta(minutes=10)
_REFUSED = "/conseil?refus=oidc"


class NotComeBack(HubError):
    """Nobody was sent out from this browser, or not for this answer."""

    code = "oidc_failed"
    status = 400


@router.get("", status_code=303)
async def go(services: ServicesDep) -> RedirectResponse:
    """To the provider. What has to be remembered stays in the browser, encrypted."""
    errand, settings = Errand.new(), services.settings
    provider = _provider(settings)
    try:
        reply = RedirectResponse(await provider.address(errand), 303)
    except ProviderFailed:
        return RedirectResponse(_REFUSED, 303)
    reply.set_cookie(
        ERRAND_COOKIE,
        open_vault(settings).lock(json.dumps(asdict(errand))),
        max_age=int(_ERRAND_LASTS.total_seconds()),
        path="/conseil/oidc",
        httponly=True,
        # The way back comes from another site.
        samesite="lax",
        secure=settings.cookie_secure,
    )
    return reply


@router.get("/retour", status_code=303)
async def come_back(
    request: Request,
    services: ServicesDep,
    session: SessionDep,
    hub_oidc: Annotated[str, Cookie(max_length=2000)] = "",
    user_agent: Annotated[str, Header()] = "",
) -> RedirectResponse:
    """Back from the provider: signed in, where an active account has the e-mail that it verified."""
    settings, now = services.settings, services.clock.now()
    provider = _provider(settings)
    try:
        errand = _errand(settings, hub_oidc, request.query_params.get("state", ""))
        email = await provider.verified_email(errand, request.query_params.get("code", ""), now)
    except (ProviderFailed, NotComeBack):
        email = None
    account = await account_of(session, email) if email else None
    reply = RedirectResponse("/conseil" if account else _REFUSED, 303)
    reply.delete_cookie(ERRAND_COOKIE, path="/conseil/oidc")
    if account is not None:
        set_cookie(reply, open_session(session, account, user_agent, now), settings)
    return reply


def _errand(settings: Settings, cookie: str, state: str) -> Errand:
    try:
        errand = Errand(**json.loads(open_vault(settings).unlock(cookie)))
    except SecretUnreadable:
        raise NotComeBack from None
    if not same(errand.state, state):
        raise NotComeBack
    return errand


def _provider(settings: Settings) -> Provider:
    if settings.oidc_issuer is None or settings.oidc_client_id is None or settings.oidc_client_secret is None:
        raise NotFound
    back = f"{settings.site}/conseil/oidc/retour"
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, back)
