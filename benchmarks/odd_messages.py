"""Messages that nobody means: random characters of all kinds, and extremes. Understanding must answer each, soon.

usage: python -m benchmarks.odd_messages [COUNT]   over the knowledge that the `HUB_` settings name.
"""

import random
import sys
import time
from collections.abc import Iterator

from rich.console import Console
from rich.progress import track
from rich.table import Table

from api.knowledge.opening import open_knowledge
from api.layout import understanding_dir
from api.settings import Settings
from nlu.interpreter import Interpreter
from nlu.understanding import Context

BATCH = 32
LONGEST = 60
# First and last character of what is drawn from: ASCII, accents, Greek and Cyrillic, right-to-left scripts, invisible
# and directional marks, combining marks, lone surrogates, emoji, anything.
RANGES = (
    *((0x20, 0x7E), (0xC0, 0x17F), (0x370, 0x4FF), (0x590, 0x6FF), (0x2000, 0x206F), (0x300, 0x36F)),
    *((0xD800, 0xDFFF), (0x1F300, 0x1FAFF), (0x0, 0x10FFFF)),
)
EXTREMES = {
    "100 kB of one letter": "a" * 100_000,
    "100 kB of words": "je veux changer de métier " * 4_000,
    "100 kB of digits": "0123456789" * 10_000,
    "100 kB of brackets": "([{" * 33_000,
    "lone surrogates": "\ud800\udfff" * 500,
    "right to left": "أريد أن أعمل في فرنسا \u202eeuq ec \u202c " * 20,
    "zero width": "f\u200bo\u200br\u200bm\u200ba\u200bt\u200bi\u200bo\u200bn\u200b" * 50,
    "only emoji": "🙏😀👩‍🔧🇫🇷" * 100,
    "combining marks": "e" + "\u0301" * 3_000,
    "nothing": "",
    "spaces": " \t\r\n\u00a0\u2028" * 200,
    "a payload": '/inform{"job": "M1203"}' * 50,
}


def main(count: int) -> None:
    """Print the slowest message of each kind. An exception ends the run."""
    settings = Settings()
    catalogue, search = open_knowledge(settings)
    interpreter = Interpreter.load(understanding_dir(settings), catalogue, search.embedder, search.finder)
    context = Context(settings.clock.today())
    interpreter.parse("bonjour", context)
    table = Table("messages", "number", "slowest, ms each", "understood")
    for name, text in EXTREMES.items():
        started = time.perf_counter()
        understood = interpreter.parse(text, context)
        table.add_row(name, "1", f"{(time.perf_counter() - started) * 1000:.0f}", understood.intent.name)
    batches = list(_batches(count))
    slowest, refused = 0.0, 0
    for batch in track(batches, console=Console(stderr=True), transient=True):
        started = time.perf_counter()
        found = interpreter.parse_many(batch, context)
        slowest = max(slowest, (time.perf_counter() - started) / len(batch))
        refused += sum(one.intent.name in {"nlu_fallback", "out_of_scope"} for one in found)
    drawn = sum(map(len, batches))
    table.add_row("random", str(drawn), f"{slowest * 1000:.0f}", f"{refused / max(1, drawn):.1%} refused")
    Console().print(table)


def _batches(count: int) -> Iterator[list[str]]:
    chance = random.Random(20_000)
    for start in range(0, count, BATCH):
        yield [_drawn(chance) for _ in range(min(BATCH, count - start))]


def _drawn(chance: random.Random) -> str:
    ranges = chance.sample(RANGES, chance.randint(1, 3))
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(1, LONGEST)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
