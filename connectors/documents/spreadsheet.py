"""Tables for a spreadsheet, as French ones read them: semicolons, UTF-8 with its mark, no formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so would be computed.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """The file. A text that a spreadsheet would compute is quoted so that it is only shown."""
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([_shown(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _shown(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
