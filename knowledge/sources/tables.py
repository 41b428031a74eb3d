"""CSV files read line by line."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


def rows(file: Path, delimiter: str = ",", encoding: str = "utf-8-sig") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the file with their line. A line that is no CSV is an empty row."""
    with file.open(encoding=encoding, newline="", errors="replace") as stream:
        yield from rows_of(stream, delimiter)


def rows_of(stream: TextIO, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """As `rows`, of what is open already."""
    reader = csv.DictReader(stream, delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            row = {}
        if row is None:
            return
        yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
