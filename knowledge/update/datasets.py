"""The newest file of a data set of data.gouv.fr, by the title that its publisher gives it."""

import re

import httpx

from knowledge.update.download import Address
from knowledge.update.errors import NothingPublished, NotThere, Offline
from knowledge.update.sources import OfficialSource

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALGORITHMS = {"sha1": "sha1", "sha256": "sha256", "md5": "md5"}


def address_of(client: httpx.Client, name: str, source: OfficialSource, datasets: str) -> Address:
    """Where the file of a source is now. Raises Offline, NotThere, NothingPublished."""
    if source.url:
        return Address(source.url)
    try:
        reply = client.get(f"{datasets}{source.dataset}/")
    except httpx.TransportError:
        raise Offline(source=name, host=httpx.URL(datasets).host) from None
    if reply.status_code != httpx.codes.OK:
        raise NotThere(source=name, status=reply.status_code)
    try:
        resources = reply.json()["resources"]
        found = [one for one in resources if (source.title or "") in f"{one.get('title', '')} {one['url']}"]
        newest = max(found, key=_published, default=None)
    except (ValueError, KeyError, TypeError, AttributeError):
        newest = None
    if newest is None:
        raise NothingPublished(source=name, title=source.title or "")
    checksum = newest.get("checksum") or {}
    algorithm = _ALGORITHMS.get(str(checksum.get("type", "")).lower())
    return Address(newest["url"], algorithm, str(checksum.get("value", "")) if algorithm else None)


def _published(resource: dict[str, str]) -> tuple[str, str]:
    dates = _DATE.findall(f"{resource.get('title', '')} {resource['url']}")
    return (dates[-1] if dates else "", str(resource.get("last_modified", "")))
