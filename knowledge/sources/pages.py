"""Official information pages of the ministry of labour (JSON), cut into passages that can be cited."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import ijson

from knowledge.records import Passage, Source
from knowledge.sources.plain import plain_text
from knowledge.sources.refusals import Refusal

_LONGEST, _SHORTEST = 1_500, 80
_LONGEST_SECTION = 60_000
_ADDRESS = "https://travail-emploi.gouv.fr/"


def read_passages(stream: BinaryIO, name: str) -> Iterator[Passage | Refusal]:
    """Each passage of each page, or the refusal of a page. A file broken in the middle gives the pages before."""
    position = 0
    try:
        for page in ijson.items(stream, "item"):
            position += 1
            yield from _page(page, name, position)
    except (ijson.JSONError, UnicodeDecodeError):
        yield Refusal(name, str(position + 1), "broken_json")
        return
    if position == 0:
        yield Refusal(name, "1", "broken_json")


def _page(page: Any, name: str, position: int) -> Iterator[Passage | Refusal]:
    try:
        number, title, url = str(page["pubId"]), " ".join(page["title"].split()), str(page["url"])
        checked_on = _day(page["date"])
        sections = [(s["title"], s.get("anchor") or "", s["html"]) for s in page["sections"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield Refusal(name, str(position), "page", str(error)[:100])
        return
    if not url.startswith(_ADDRESS):
        yield Refusal(name, number, "page", url[:100])
        return
    for rank, (section, anchor, content) in enumerate(sections):
        text = plain_text(str(content), _LONGEST_SECTION)
        for part, piece in enumerate(_pieces(text)):
            where = f"{url}#{anchor}" if anchor else url
            source = Source(title, where, checked_on)
            yield Passage(f"{number}-{rank}-{part}", title, " ".join(str(section).split()), piece, source)


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of at most `_LONGEST` characters, cut at the ends of lines, else of sentences."""
    piece = ""
    for line in _lines(text):
        if piece and len(piece) + len(line) >= _LONGEST:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
    if len(piece) >= _SHORTEST:
        yield piece


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if len(line) <= _LONGEST:
            yield line
            continue
        for sentence in re.split(r"(?<=[.!?;]) ", line):
            for start in range(0, len(sentence), _LONGEST):
                yield sentence[start : start + _LONGEST]
