"""How long a person waits for an answer, alone and with ten at once, and late in a long conversation.

usage: python -m benchmarks.turns URL   a running assistant, started with HUB_MESSAGES_PER_MINUTE=0
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import numpy as np
from rich.console import Console
from rich.table import Table

# What people say in an interview: facts, questions, a correction, a digression. Written for this measure.
SAYS = (
    "bonjour, je suis vendeuse à Sedan et je voudrais devenir comptable",
    "je suis en CDI depuis six ans",
    "j'ai un bac pro commerce",
    "c'est quoi le PTP ?",
    "qui peut payer ?",
    "j'ai 1 900 euros sur mon CPF",
    "et ça dure combien de temps ?",
    "non, pas comptable, plutôt secrétaire",
    "vous êtes un robot ?",
    "comment je fais pour m'inscrire ?",
)
PEOPLE = 10
# Shorter than anyone reads and types: the least favourable pace of real people.
READING_SECONDS = 2.0
LONG = 200
_MS = 1000


def main(url: str) -> None:
    """Print the median and the 95th percentile in milliseconds, HTTP in to answer out."""
    table = Table("", "turns", "p50 ms", "p95 ms")
    with httpx.Client(base_url=url, timeout=60) as client:
        talk(client, SAYS)
        table.add_row("one person", *_row(talk(client, SAYS)))
        for label, reading in (
            (f"{PEOPLE} people at once, reading", READING_SECONDS),
            ("the same without a pause", 0.0),
        ):
            with ThreadPoolExecutor(PEOPLE) as pool:
                waits = list(pool.map(lambda _, pause=reading: talk(client, SAYS, pause), range(PEOPLE)))
            table.add_row(label, *_row([one for person in waits for one in person]))
        long = talk(client, [SAYS[n % len(SAYS)] for n in range(LONG)])
        table.add_row(f"the last 20 of {LONG}", *_row(long[-20:]))
    Console().print(table)


def talk(client: httpx.Client, says: tuple[str, ...] | list[str], reading: float = 0.0) -> list[float]:
    """A whole conversation; the wait for each answer, in milliseconds. Before each message the person spends `reading`
    seconds on average on the answer before it (exponential: nobody reads in step with the others)."""
    opened = client.post("/api/conversations", json={"channel": "api"}).raise_for_status().json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    waits = []
    pauses = np.random.default_rng().exponential(reading, len(says))
    for text, pause in zip(says, pauses, strict=True):
        time.sleep(pause)
        started = time.perf_counter()
        body = {"client_id": str(uuid4()), "text": text}
        client.post(f"/api/conversations/{opened['id']}/messages", json=body, headers=headers).raise_for_status()
        waits.append((time.perf_counter() - started) * _MS)
    client.delete(f"/api/conversations/{opened['id']}", headers=headers)
    return waits


def _row(waits: list[float]) -> tuple[str, str, str]:
    p50, p95 = np.percentile(waits, [50, 95])
    return str(len(waits)), f"{p50:.0f}", f"{p95:.0f}"


if __name__ == "__main__":
    main(sys.argv[1])
