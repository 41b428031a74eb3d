"""The knowledge in memory: an immutable snapshot that search, understanding and the assistant read."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Engine

from knowledge.bridge import jobs_by_parent
from knowledge.records import Certification, Commune, Hub, Job, Notice
from knowledge.snapshot import read_snapshot


@dataclass(frozen=True)
class Catalogue:
    """All records, by code. `fingerprint` changes when, and only when, the content of a record changes."""

    certifications: Mapping[str, Certification] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    communes: Mapping[str, Commune] = field(default_factory=dict)
    hubs: Mapping[str, Hub] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    fingerprint: str = ""

    @classmethod
    def load(cls, engine: Engine) -> "Catalogue":
        """Read everything from the database: about 1 s for all of the RNCP, the RS, ROME and the communes."""
        snapshot = read_snapshot(engine)
        return cls(
            certifications=snapshot.certifications,
            jobs=snapshot.jobs,
            communes=snapshot.communes,
            hubs=snapshot.hubs,
            notices=snapshot.notices,
            fingerprint=snapshot.fingerprint,
        )

    def successors(self, code: str) -> tuple[str, ...]:
        """The active records that replace `code`, newest first: by links, transitively, else by same type and title.

        Empty for an unknown code, for an active one without links, and where nothing active is found.
        """
        chain = self._chain(code)
        linked = {c for c in chain[1:] if self.certifications[c].active}
        if linked or not chain or self.certifications[code].active:
            return tuple(sorted(linked, key=_number, reverse=True))
        named = {self.newest_active(self.certifications[c].title, self.certifications[c].type) for c in chain}
        return tuple(sorted((c for c in named if c is not None), key=_number, reverse=True))

    def newest_active(self, title: str, type_: str) -> str | None:
        """The newest active record of this title and type (case, accents and punctuation do not count), or None."""
        codes = self._active_by_title.get((type_, title_key(title)))
        return codes[0] if codes else None

    def jobs_of_parent(self, rome_code: str) -> tuple[str, ...]:
        """The ROME 4.0 jobs that an older code stands for: the job of the same code first, then by code."""
        return self._jobs_by_parent.get(rome_code, ())

    @cached_property
    def _active_by_title(self) -> Mapping[tuple[str, str], list[str]]:
        groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for record in sorted(self.certifications.values(), key=lambda r: _number(r.code), reverse=True):
            if record.active:
                groups[record.type, title_key(record.title)].append(record.code)
        return groups

    @cached_property
    def _jobs_by_parent(self) -> Mapping[str, tuple[str, ...]]:
        return jobs_by_parent(self.jobs.values())

    def _chain(self, code: str) -> list[str]:
        """`code` and all it leads to by links, each once; links to absent records are left out."""
        chain = [code] if code in self.certifications else []
        for current in chain:  # grows while it is walked
            following = self.certifications[current].replaced_by
            chain.extend(c for c in dict.fromkeys(following) if c in self.certifications and c not in chain)
        return chain


def title_key(title: str) -> str:
    """A title without case, accents and punctuation: two titles with the same key are the same to a reader."""
    folded = unicodedata.normalize("NFKD", title.casefold())
    words = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(words.split())


def _number(code: str) -> tuple[int, str]:
    digits = "".join(c for c in code if c.isdigit())
    return int(digits or 0), code
