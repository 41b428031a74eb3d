"""Notions, official pages and collective agreements."""

from dataclasses import dataclass

from knowledge.records.sources import Source


@dataclass(frozen=True, slots=True)
class Notice:
    """A notion explained in two to four plain sentences. `id` is a topic or a scheme of the contract; `simple` says
    it more simply still."""

    id: str
    title: str
    text: str
    simple: str
    aliases: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of an official page, to be cited with its address. `text` is plain, in the order of the page."""

    id: str
    page: str
    section: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Agreement:
    """A collective agreement and the OPCO of its branch, as the table in `source` names it. `idcc` is its number
    without leading zeros, None for a branch that the table names without one; `id` is the number, else made from the
    title."""

    id: str
    idcc: str | None
    title: str
    opco: str
    source: Source
