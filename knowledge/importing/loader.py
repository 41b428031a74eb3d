"""One load: its records, and a line in the table of imports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from knowledge.importing.certifications import write_certifications
from knowledge.importing.documents import write_agreements, write_passages
from knowledge.importing.jobs import write_jobs
from knowledge.importing.offers import write_offers
from knowledge.importing.places import write_communes
from knowledge.importing.report import Progress, Report
from knowledge.models import ImportRow
from knowledge.records import Agreement, Certification, Commune, Interest, Job, Offer, Passage, Skill
from knowledge.sources.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Loader:
    """Writes the records of one source. `source` names it in the table of imports."""

    session: Session
    source: str
    now: datetime

    def certifications(self, records: Iterable[Certification | Refusal], progress: Progress | None = None) -> Report:
        """Load certifications: official facts replace older facts, our own words stay. The first of two same codes
        is kept."""
        report = Report(self.source)
        return self._close(report, write_certifications(self.session, report, records, progress))

    def jobs(
        self,
        records: Iterable[Job | Refusal],
        progress: Progress | None = None,
        *,
        skills: Iterable[Skill | Refusal] = (),
        interests: Iterable[Interest | Refusal] = (),
    ) -> Report:
        """Load jobs, their titles, and what they refer to. Colloquial titles, which are our own, stay. Certifications
        that carry older codes are bridged to these jobs."""
        report = Report(self.source)
        return self._close(report, write_jobs(self.session, report, records, skills, interests, progress))

    def communes(self, records: Iterable[Commune | Refusal], progress: Progress | None = None) -> Report:
        """Load communes, all of their columns."""
        report = Report(self.source)
        return self._close(report, write_communes(self.session, report, records, progress))

    def offers(self, records: Iterable[Offer | Refusal], progress: Progress | None = None) -> Report:
        """Load a catalogue of offers, which replaces the one of the same source as a whole."""
        report = Report(self.source)
        return self._close(report, write_offers(self.session, report, records, progress))

    def passages(self, records: Iterable[Passage | Refusal], progress: Progress | None = None) -> Report:
        """Load official pages, which replace all those before."""
        report = Report(self.source)
        return self._close(report, write_passages(self.session, report, records, progress))

    def agreements(self, records: Iterable[Agreement | Refusal], progress: Progress | None = None) -> Report:
        """Load collective agreements, which replace all those before."""
        report = Report(self.source)
        return self._close(report, write_agreements(self.session, report, records, progress))

    def _close(self, report: Report, content: str) -> Report:
        self.session.add(
            ImportRow(
                source=self.source,
                content_hash=content,
                imported_at=self.now.replace(tzinfo=None),
                kept=report.kept,
                changed=report.changed,
                refused=len(report.refusals),
            )
        )
        return report
