"""How long a counsellor waits for the queue, and for a search in it, with two hundred open cases.

usage: python -m benchmarks.queue URL   a running assistant, started with HUB_MESSAGES_PER_MINUTE=0 and a counsellor
                                        `claire@hub.test:une phrase de passe pour les tests`

The cases are opened by conversations of six messages, and erased at the end.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import numpy as np
from rich.console import Console
from rich.table import Table

CASES = 200
ASKED = 10
# Written for this measure.
SAYS = (
    "bonjour, je suis vendeuse à Sedan et je voudrais devenir comptable",
    "je suis en CDI depuis six ans",
    "j'ai un bac pro commerce",
    "qui peut payer ?",
    "j'ai 1 900 euros sur mon CPF",
    "je voudrais parler à quelqu'un",
)
COUNSELLOR = {"email": "claire@hub.test", "password": "une phrase de passe pour les tests"}
_MS = 1000


def main(url: str) -> None:
    """Print the median and the 95th percentile of the wait in milliseconds."""
    table = Table("", "p50 ms", "p95 ms")
    with httpx.Client(base_url=url, timeout=120) as desk:
        desk.post("/api/session", json=COUNSELLOR).raise_for_status()
        with ThreadPoolExecutor(4) as pool:
            opened = list(pool.map(lambda _: talk(url, SAYS), range(CASES)))
        try:
            table.add_row("the queue, read for the first time", *_row([_wait(desk, {"status": "pending"})]))
            same = [_wait(desk, {"status": "pending"}) for _ in range(ASKED)]
            table.add_row("read again, nothing new", *_row(same))
            table.add_row("read again, one person wrote", *_row([_after_a_word(desk, opened[n]) for n in range(ASKED)]))
            searched = [_wait(desk, {"status": "pending", "q": "sedan comptable"}) for _ in range(ASKED)]
            table.add_row("searched", *_row(searched))
        finally:
            for person in opened:
                person.delete("")
                person.close()
    Console().print(table)


def talk(url: str, says: tuple[str, ...]) -> httpx.Client:
    """Someone who talks and asks for a person; their conversation."""
    opened = httpx.post(f"{url}/api/conversations", json={"channel": "api"}).raise_for_status().json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    person = httpx.Client(base_url=f"{url}/api/conversations/{opened['id']}", headers=headers, timeout=120)
    for text in says:
        _say(person, text)
    return person


def _say(person: httpx.Client, text: str) -> None:
    person.post("/messages", json={"client_id": str(uuid4()), "text": text}).raise_for_status()


def _after_a_word(desk: httpx.Client, person: httpx.Client) -> float:
    _say(person, "je suis là")
    return _wait(desk, {"status": "pending"})


def _wait(desk: httpx.Client, asked: dict[str, str]) -> float:
    started = time.perf_counter()
    desk.get("/api/cases", params=asked).raise_for_status()
    return (time.perf_counter() - started) * _MS


def _row(waits: list[float]) -> tuple[str, str]:
    p50, p95 = np.percentile(waits, [50, 95])
    return f"{p50:.0f}", f"{p95:.0f}"


if __name__ == "__main__":
    main(sys.argv[1])
