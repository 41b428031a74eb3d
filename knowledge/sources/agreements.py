"""Collective agreements and the OPCO of their branch: the table of the ministry of labour (CSV)."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from knowledge.errors import InvalidInput
from knowledge.records import Agreement, Source
from knowledge.sources.refusals import Refusal
from knowledge.sources.tables import rows
from knowledge.texts import Texts

_COLUMNS = ("IDCC", "Opérateur de compétences", "Libellé")
_IDCC = re.compile(r"0*([1-9][0-9]{0,3})")
# What the table writes in the place of a number.
_UNNUMBERED = frozenset({"na", "n.a.", "n.a"})
_TEXTS = Texts.load(Path(__file__).with_name("agreement_sources.yml"))
_EDITIONS = Path(__file__).with_name("agreement_editions.yml")


class AgreementColumnsMissing(InvalidInput):
    """The file lacks a column; its parameters name the file and what was expected."""

    code = "agreement_columns_missing"


def read_agreements(file: Path, source: Source) -> Iterator[Agreement | Refusal]:
    """Each agreement, or the refusal of a line. Raises AgreementColumnsMissing."""
    for line, row in rows(file, ";"):
        for column in _COLUMNS:
            if row and column not in row:
                raise AgreementColumnsMissing(file=file.name, expected=column)
        number, opco, title = (row.get(column, "") for column in _COLUMNS)
        match = _IDCC.fullmatch(number)
        unnumbered = number.casefold() in _UNNUMBERED and title
        if not opco or not (match or unnumbered):
            yield Refusal(file.name, str(line), "agreement", f"{number} {opco}"[:100])
            continue
        idcc = match.group(1) if match else None
        yield Agreement(idcc or _id_of(title), idcc, title, opco, source)


def agreement_source(file: Path, published: date | None, loaded: date) -> Source:
    """Where the table of `file` comes from. `published` is its date as whoever loads it knows it; else that of the
    edition, recognised by its content; else it is said that only the day of loading is known."""
    if published:
        return _named("dated", file, published)
    edition = yaml.safe_load(_EDITIONS.read_text("utf-8")).get(hashlib.sha256(file.read_bytes()).hexdigest())
    if edition:
        return Source(edition["title"], edition["url"], edition["published"])
    return _named("undated", file, loaded)


def _named(how: str, file: Path, day: date) -> Source:
    return Source(_TEXTS.get(how, file=file.name, day=day.strftime("%d/%m/%Y")), "", day)


def _id_of(title: str) -> str:
    return f"sans-numero-{hashlib.sha256(title.encode()).hexdigest()[:12]}"
