"""The knowledge in memory: an immutable snapshot that search, understanding and dialogue read."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from knowledge import rows
from knowledge.records import Agreement, Certification, Commune, Hub, Interest, Job, Notice, Offer, Passage, Skill

_LONGEST_CHAIN = 10
_OPTION = re.compile(r"\W+options?\b.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All records by their code. `fingerprint` changes when their content does."""

    certifications: Mapping[str, Certification]
    jobs: Mapping[str, Job]
    communes: Mapping[str, Commune]
    hubs: Mapping[str, Hub]
    notices: Mapping[str, Notice]
    skills: Mapping[str, Skill]
    interests: Mapping[str, Interest]
    offers: Mapping[str, Offer]
    passages: Mapping[str, Passage]
    agreements: Mapping[str, Agreement]
    fingerprint: str
    _by_parent: Mapping[str, tuple[str, ...]]
    _active_by_title: Mapping[tuple[str, str], tuple[str, ...]]
    _active_with_options: Mapping[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(
        cls,
        *,
        certifications: Iterable[Certification] = (),
        jobs: Iterable[Job] = (),
        communes: Iterable[Commune] = (),
        hubs: Iterable[Hub] = (),
        notices: Iterable[Notice] = (),
        skills: Iterable[Skill] = (),
        interests: Iterable[Interest] = (),
        offers: Iterable[Offer] = (),
        passages: Iterable[Passage] = (),
        agreements: Iterable[Agreement] = (),
        fingerprint: str = "",
    ) -> Self:
        """A catalogue of these records."""
        by_code = {record.code: record for record in certifications}
        by_rome = {job.rome: job for job in jobs}
        parents: defaultdict[str, list[str]] = defaultdict(list)
        for job in by_rome.values():
            parents[job.parent].append(job.rome)
        active = [record for record in by_code.values() if record.active]
        return cls(
            certifications=MappingProxyType(by_code),
            jobs=MappingProxyType(by_rome),
            communes=MappingProxyType({commune.insee: commune for commune in communes}),
            hubs=MappingProxyType({hub.id: hub for hub in hubs}),
            notices=MappingProxyType({notice.id: notice for notice in notices}),
            skills=MappingProxyType({skill.code: skill for skill in skills}),
            interests=MappingProxyType({interest.code: interest for interest in interests}),
            offers=MappingProxyType({offer.id: offer for offer in offers}),
            passages=MappingProxyType({passage.id: passage for passage in passages}),
            agreements=MappingProxyType({agreement.id: agreement for agreement in agreements}),
            fingerprint=fingerprint,
            _by_parent={parent: tuple(sorted(codes)) for parent, codes in parents.items()},
            _active_by_title=_by_title((record, record.title) for record in active),
            _active_with_options=_by_title(
                (record, whole) for record in active if (whole := _without_option(record.title)) != record.title
            ),
        )

    @classmethod
    def load(cls, engine: Engine) -> Self:
        """All that the database holds."""
        with Session(engine) as session:
            return cls.of(
                certifications=rows.certifications(session),
                jobs=rows.jobs(session),
                communes=rows.communes(session),
                hubs=rows.hubs(session),
                notices=rows.notices(session),
                skills=rows.skills(session),
                interests=rows.interests(session),
                offers=rows.offers(session),
                passages=rows.passages(session),
                agreements=rows.agreements(session),
                fingerprint=rows.fingerprint(session),
            )

    def successors(self, code: str) -> tuple[str, ...]:
        """The active certifications that replace `code`, through as many links as it takes.

        Where the links break off, the active ones of the same type and title, newest first: the title of `code`, else
        that of a record on the way. Empty for an active or unknown code.
        """
        record = self.certifications.get(code)
        if record is None or record.active:
            return ()
        way, front, found = {code: record}, [record], []
        for _ in range(_LONGEST_CHAIN):
            codes = [c for r in front for c in r.replaced_by if c in self.certifications and c not in way]
            following = {c: self.certifications[c] for c in codes}
            way |= following
            found += [c for c, r in following.items() if r.active]
            front = [r for r in following.values() if not r.active]
        return tuple(found) or next(filter(None, map(self._namesakes, way.values())), ())

    def _namesakes(self, record: Certification) -> tuple[str, ...]:
        """Active ones of the same type and title, else those that differ by an option which one of the two names."""
        key, whole = _title_key(record.title, record.type), _title_key(_without_option(record.title), record.type)
        others = self._active_with_options if whole == key else self._active_by_title
        return self._active_by_title.get(key) or others.get(whole, ())

    def newest_active(self, title: str, certification_type: str) -> str | None:
        """The newest active code with this title and type, whatever the case and accents; None when there is none."""
        return next(iter(self._active_by_title.get(_title_key(title, certification_type), ())), None)

    def jobs_of_parent(self, rome: str) -> tuple[str, ...]:
        """The ROME 4.0 codes that an older code became."""
        return self._by_parent.get(rome, ())


def _title_key(title: str, certification_type: str) -> tuple[str, str]:
    """Case, accents, punctuation and spaces do not make two titles different."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    text = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(text.split()), certification_type.casefold()


def _without_option(title: str) -> str:
    return _OPTION.sub("", title)


def _by_title(titled: Iterable[tuple[Certification, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Codes by title and type, newest first."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record, title in titled:
        found[_title_key(title, record.type)].append(record.code)
    return {key: tuple(sorted(codes, key=_newest_first)) for key, codes in found.items()}


def _newest_first(code: str) -> tuple[str, int]:
    digits = "".join(c for c in code if c.isdigit())
    return code.rstrip("0123456789"), -int(digits or 0)
