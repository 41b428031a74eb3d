"""Telling another program what happened, by a signed web request."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import httpx

from api.notifications.failures import Permanent, Temporary
from api.settings import Settings

SECONDS = 20.0
# Too early, too often, too slow: the answers below 500 that time puts right.
_PASSING = frozenset({408, 425, 429})


async def send_webhook(settings: Settings, event_id: str, content: dict[str, Any], now: datetime) -> None:
    """Send `content` with its `id` to `webhook_url`. No redirect is followed: the request is for that address alone.
    Raises Temporary, Permanent."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        raise Temporary("not_set")
    body = json.dumps({"id": event_id, **content}, ensure_ascii=False, sort_keys=True).encode()
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Event-Id": event_id,
        "X-Hub-Timestamp": timestamp,
        "X-Hub-Signature-256": signature(settings.webhook_secret.get_secret_value(), timestamp, body),
    }
    try:
        async with httpx.AsyncClient(follow_redirects=False, timeout=SECONDS) as client:
            reply = await client.post(settings.webhook_url, content=body, headers=headers)
    except httpx.TimeoutException:
        raise Temporary("timeout") from None
    except httpx.HTTPError:
        raise Temporary("unreachable") from None
    if reply.is_success:
        return
    passing = reply.is_server_error or reply.status_code in _PASSING
    raise (Temporary if passing else Permanent)(f"http_{reply.status_code}")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What proves who sent `body`, and when: `sha256=` and the HMAC of `timestamp.body`, in hexadecimal."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"
