"""Writing rows of plain tables: only those that differ."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from knowledge.database import Base

_BATCH = 500


def replace_changed(
    session: Session, table: type[Base], key: str, rows: Sequence[dict[str, Any]], *, whole: bool = False
) -> int:
    """Write the rows that are new or differ; how many. With `whole`, what is not among them goes, and counts."""
    columns = list(rows[0]) if rows else [key]
    known = {
        getattr(row, key): tuple(getattr(row, column) for column in columns)
        for row in session.execute(select(table.__table__))
    }
    by_key = {row[key]: row for row in rows}
    changed = [row for code, row in by_key.items() if known.get(code) != tuple(row.values())]
    gone = [code for code in known if code not in by_key] if whole else []
    stale = [*(row[key] for row in changed if row[key] in known), *gone]
    for start in range(0, len(stale), _BATCH):
        session.execute(delete(table).where(getattr(table, key).in_(stale[start : start + _BATCH])))
    if changed:
        session.execute(insert(table), changed)
    return len(changed) + len(gone)
