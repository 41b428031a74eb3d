"""An OpenID Connect provider: authorization code with PKCE, state and nonce. Everything about it is discovered."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from knowledge.errors import HubError

SCOPE = "openid email"
_SECONDS = 10.0
_LEEWAY_SECONDS = 60
# Signatures by a key that the provider publishes: neither «none», nor a secret shared with us.
_ALGORITHMS = ("RS256", "PS256", "ES256")


class ProviderFailed(HubError):
    """The provider does not answer, or not as it should."""

    code = "oidc_failed"
    status = 502


@dataclass(frozen=True, slots=True)
class Errand:
    """What has to be remembered of someone sent to the provider until they come back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Errand":
        """Three fresh secrets."""
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider at `issuer`, to which this site is `client_id`; it sends people back to `back`."""

    issuer: str
    client_id: str
    client_secret: str
    back: str

    async def address(self, errand: Errand) -> str:
        """Where to send someone. Raises ProviderFailed."""
        async with self._client() as client:
            found = await self._discovered(client)
            url, _state = client.create_authorization_url(
                found["authorization_endpoint"], state=errand.state, nonce=errand.nonce, code_verifier=errand.verifier
            )
            return str(url)

    async def verified_email(self, errand: Errand, code: str, now: datetime) -> str | None:
        """The e-mail of who came back with `code`, where the provider has verified it. Raises ProviderFailed."""
        async with self._client() as client:
            found = await self._discovered(client)
            token = await client.fetch_token(found["token_endpoint"], code=code, code_verifier=errand.verifier)
            keys = await _read(client, found["jwks_uri"])
            claims = self._claims(str(token["id_token"]), KeySet.import_key_set(keys), errand, now)
        return str(claims["email"]) if claims.get("email") and claims.get("email_verified") is True else None

    async def _discovered(self, client: AsyncOAuth2Client) -> dict[str, Any]:
        url = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = await _read(client, url)
        if found["issuer"] != self.issuer:
            raise ProviderFailed
        return dict(found)

    def _claims(self, token: str, keys: KeySet, errand: Errand, now: datetime) -> dict[str, Any]:
        claims = jwt.decode(token, keys, algorithms=list(_ALGORITHMS)).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": errand.nonce},
            sub={"essential": True},
            exp={"essential": True},
        ).validate(claims)
        if claims.get("azp", self.client_id) != self.client_id:
            raise ProviderFailed
        return claims

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[AsyncOAuth2Client]:
        # Authlib speaks through httpx2 where it is there.
        try:
            async with AsyncOAuth2Client(
                self.client_id,
                self.client_secret,
                scope=SCOPE,
                redirect_uri=self.back,
                code_challenge_method="S256",
                timeout=_SECONDS,
            ) as client:
                yield client
        except (httpx2.HTTPError, OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderFailed from error


async def _read(client: AsyncOAuth2Client, url: str) -> Any:
    """What the provider publishes, for which no token is shown."""
    return (await client.request("GET", url, withhold_token=True)).raise_for_status().json()
