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
    """A collective agreement (`idcc` = its number without leading zeros) and the OPCO of its branch."""

    idcc: str
    title: str
    opco: str
