"""From the older ROME codes that many certifications carry to the jobs of ROME 4.0."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.models import CertificationRow, JobRow

Families = Mapping[str, tuple[str, ...]]


def families(session: Session) -> Families:
    """The ROME 4.0 codes that each code, old or new, stands for."""
    found: dict[str, set[str]] = {}
    for rome, parent in session.execute(select(JobRow.rome, JobRow.parent)):
        found.setdefault(rome, set()).add(rome)
        found.setdefault(parent, set()).add(rome)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


def bridged(codes: tuple[str, ...], known: Families) -> tuple[str, ...]:
    """Codes of a record as ROME 4.0 codes: those that still are first, then the jobs they became. As given, where no
    job is known by them."""
    still = [code for code in codes if code in known.get(code, ())]
    became = [code for given in codes for code in known.get(given, ())]
    return tuple(dict.fromkeys([*still, *became])) or codes


def bridge_all(session: Session) -> int:
    """Bridge the certifications that were loaded before the jobs; how many changed."""
    known = families(session)
    changed = []
    for code, rome in session.execute(select(CertificationRow.code, CertificationRow.rome)):
        new = list(bridged(tuple(rome), known))
        if new != rome:
            changed.append({"code": code, "rome": new})
    if changed:
        session.execute(update(CertificationRow), changed)
    return len(changed)
