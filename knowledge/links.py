"""Whether addresses still answer, asked politely: one at a time, with a pause before the same site is asked again."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx

AGENT = {"User-Agent": "hub-des-competences"}
PAUSE_SECONDS = 1.0
_SECONDS = 10.0
# Pages that answer so to a program are there all the same.
_BLOCKS_ROBOTS = frozenset({401, 403, 406, 429, 503})
# Some sites refuse the short question and answer the whole one.
_NO_HEAD = frozenset({405, 501})


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What an address answered: a status, or what went wrong on the way."""

    url: str
    is_there: bool
    said: str


def check(urls: Iterable[str], client: httpx.Client, pause: float = PAUSE_SECONDS) -> Iterator[LinkAnswer]:
    """Each address once. `pause` in seconds between two questions to one site."""
    asked: dict[str, float] = {}
    for url in dict.fromkeys(urls):
        host = httpx.URL(url).host
        if host in asked:
            time.sleep(max(0.0, asked[host] + pause - time.monotonic()))
        yield _answer(url, client)
        asked[host] = time.monotonic()


def _answer(url: str, client: httpx.Client) -> LinkAnswer:
    try:
        status = client.head(url, timeout=_SECONDS, follow_redirects=True).status_code
        if status in _NO_HEAD:
            with client.stream("GET", url, timeout=_SECONDS, follow_redirects=True) as reply:
                status = reply.status_code
    except httpx.HTTPError as error:
        return LinkAnswer(url, False, type(error).__name__)
    return LinkAnswer(url, status < 400 or status in _BLOCKS_ROBOTS, str(status))
