"""The knowledge in memory: an immutable snapshot that search, understanding and dialogue read."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self, cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.models import (
    BlockRow,
    CertificationRow,
    CommuneRow,
    HubRow,
    ImportRow,
    JobRow,
    JobTitleRow,
    NoticeRow,
)
from knowledge.records import (
    AccessRoute,
    Block,
    Certification,
    CertificationKind,
    Commune,
    Hub,
    Job,
    JobTitle,
    Notice,
    Source,
)

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
                certifications=_certifications(session),
                jobs=_jobs(session),
                communes=_communes(session),
                hubs=map(_hub, session.scalars(select(HubRow))),
                notices=map(_notice, session.scalars(select(NoticeRow))),
                fingerprint=_fingerprint(session),
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


def _certifications(session: Session) -> Iterable[Certification]:
    blocks: defaultdict[str, list[Block]] = defaultdict(list)
    statement = select(BlockRow.certification_code, BlockRow.code, BlockRow.label).order_by(BlockRow.position)
    for owner, code, label in session.execute(statement):
        blocks[owner].append(Block(code, label))
    for row in session.execute(select(CertificationRow.__table__)):
        yield Certification(
            code=row.code,
            title=row.title,
            kind=cast("CertificationKind", row.kind),
            type=row.type,
            level=row.level,
            active=row.active,
            source=Source(row.source_title, row.source_url, row.checked_on),
            rome=tuple(row.rome),
            replaced_by=tuple(row.replaced_by),
            acronyms=tuple(row.acronyms),
            summary=row.summary,
            keywords=tuple(row.keywords),
            certifiers=tuple(row.certifiers),
            nsf=tuple(row.nsf),
            formacodes=tuple(row.formacodes),
            access=cast("frozenset[AccessRoute]", frozenset(row.access)),
            blocks=tuple(blocks.get(row.code, ())),
            objectives=row.objectives,
            ends_on=row.ends_on,
        )


def _jobs(session: Session) -> Iterable[Job]:
    titles: defaultdict[str, list[JobTitle]] = defaultdict(list)
    for row in session.execute(select(JobTitleRow.__table__)):
        titles[row.rome].append(JobTitle(row.label, row.rome, row.colloquial))
    for row in session.execute(select(JobRow.__table__)):
        yield Job(row.rome, row.label, row.domain, row.parent, tuple(titles.get(row.rome, ())))


def _communes(session: Session) -> Iterable[Commune]:
    for row in session.execute(select(CommuneRow.__table__)):
        yield Commune(
            row.insee,
            row.name,
            tuple(row.postcodes),
            row.department,
            row.region,
            row.population,
            row.latitude,
            row.longitude,
        )


def _hub(row: HubRow) -> Hub:
    source = (
        Source(row.source_title, row.source_url, row.checked_on)
        if row.source_title and row.source_url and row.checked_on
        else None
    )
    return Hub(row.id, row.town, row.insee, row.address, row.opening_hours, row.phone, row.email, source)


def _notice(row: NoticeRow) -> Notice:
    sources = tuple(Source(s["title"], s["url"], date.fromisoformat(s["checked_on"])) for s in row.sources)
    return Notice(row.id, row.title, row.text, row.simple, tuple(row.aliases), sources)


def _fingerprint(session: Session) -> str:
    """Of the loads that changed something, the newest of each source, in their order: going back to an older file is a
    change too."""
    changing = select(ImportRow.source, ImportRow.content_hash).where(ImportRow.changed > 0).order_by(ImportRow.id)
    newest: dict[str, str] = {}
    for source, content in session.execute(changing):
        newest.pop(source, None)
        newest[source] = content
    return hashlib.sha256(repr(list(newest.items())).encode()).hexdigest()
