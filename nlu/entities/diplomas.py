"""Diplomas: the level that the person holds, or the certification they want or ask about. Never both on the same
words."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from knowledge.catalogue import Catalogue
from nlu.entities.found import Found
from nlu.entities.lexicons import denied, lexicon
from nlu.entities.text import Folded, fold
from nlu.understanding import Context

_CODE = re.compile(r"\b(rncp|rs)[ n°:.-]{0,4}(\d{2,6})\b")
_POCKET = re.compile(r"\s*(?:en poche|obtenu|valide|deja)")
_SHORTEST_ACRONYM = 3


class DiplomaReader:
    """Reads diplomas; acronyms that name exactly one active certification give its code."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._acronyms = _unique_acronyms(catalogue)

    def find(self, message: Folded, context: Context) -> Iterator[Found]:
        """Certifications and levels of the message."""
        for match in _CODE.finditer(message.folded):
            yield Found("certification", f"{match.group(1).upper()}{match.group(2)}", *match.span())
        for token in message.tokens:
            if code := self._acronyms.get(token.text):
                yield Found("certification", code, token.start, token.end)
        for level, pattern in _levels():
            for match in pattern.finditer(message.folded):
                if level == 0 or not denied(message, match.start()):
                    yield Found("education_level", level, *match.span())
        for name, level, pattern in _diplomas():
            for match in pattern.finditer(message.folded):
                if found := _diploma(message, context, name, level, match.span()):
                    yield found


def _diploma(message: Folded, context: Context, name: str, level: int | None, span: tuple[int, int]) -> Found | None:
    start, end = span
    if denied(message, start) or not _is_spelt(message.text[start:end], name):
        return None
    before = message.before(start)
    held = any(pattern.search(before) for pattern in _contexts("held")) or _POCKET.match(message.after(end))
    wanted = any(pattern.search(before) for pattern in _contexts("wanted")) and not before.endswith("niveau ")
    alone = not before.strip(" .,!") and context.asked_field == "education_level"
    if level is not None and (alone or held or context.asked_field == "education_level"):
        return Found("education_level", level, start, end)
    bare = before.rstrip().endswith(",") or not before.strip()
    if level is not None and bare and not wanted and len(message.tokens) > 1:
        return Found("education_level", level, start, end)
    return Found("certification", name, start, end)


def _is_spelt(written: str, name: str) -> bool:
    """«cap» and «but» are ordinary words: as diplomas they are written in capitals, or with a subject behind them."""
    return name not in {"CAP", "BUT"} or written.isupper() or name == "BUT" or written.lower() == "cap"


def _unique_acronyms(catalogue: Catalogue) -> Mapping[str, str]:
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for record in catalogue.certifications.values():
        if record.active:
            for acronym in record.acronyms:
                key = fold(acronym)
                if len(key) >= _SHORTEST_ACRONYM and key.isalnum():
                    holders[key].append(record.code)
    types = {fold(str(diploma["type"])) for diploma in lexicon("education")["diplomas"]}
    return {key: codes[0] for key, codes in holders.items() if len(codes) == 1 and key not in types}


@cache
def _diplomas() -> tuple[tuple[str, int | None, re.Pattern[str]], ...]:
    return tuple(
        (diploma["type"], diploma["level"], re.compile(rf"\b(?:{'|'.join(diploma['names'])})(?!\w)"))
        for diploma in lexicon("education")["diplomas"]
    )


@cache
def _levels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (level, re.compile(rf"(?<!\w)(?:{'|'.join(given)})")) for level, given in lexicon("education")["levels"].items()
    )


@cache
def _contexts(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in lexicon("education")[kind])
