"""Collective agreements and the OPCO of their branch: the table of the ministry of labour (CSV)."""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import InvalidInput
from knowledge.records import Agreement
from knowledge.sources.refusals import Refusal
from knowledge.sources.tables import rows

_COLUMNS = ("IDCC", "Opérateur de compétences", "Libellé")
_IDCC = re.compile(r"0*([1-9][0-9]{0,3})")


class AgreementColumnsMissing(InvalidInput):
    """The file lacks a column; its parameters name the file and what was expected."""

    code = "agreement_columns_missing"


def read_agreements(file: Path) -> Iterator[Agreement | Refusal]:
    """Each agreement, or the refusal of a line. Raises AgreementColumnsMissing."""
    for line, row in rows(file, ";"):
        for column in _COLUMNS:
            if row and column not in row:
                raise AgreementColumnsMissing(file=file.name, expected=column)
        number, opco, title = (row.get(column, "") for column in _COLUMNS)
        match = _IDCC.fullmatch(number)
        if match is None or not opco:
            yield Refusal(file.name, str(line), "agreement", f"{number} {opco}"[:100])
            continue
        yield Agreement(match.group(1), title, opco)
