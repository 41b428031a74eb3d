"""A line of the plan, as the contract shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.funding.judge import Judgment, Verdict
from knowledge.funding.loading import Records
from knowledge.funding.records import SchemeRecord
from knowledge.records import Source


@dataclass(frozen=True, slots=True)
class Line:
    """A scheme judged. `amount` in euros, None where no record gives one; `opens_on` when time cures the refusal."""

    scheme: str
    name: str
    verdict: Verdict
    reasons: tuple[str, ...]
    sources: tuple[Source, ...]
    amount: Decimal | None = None
    missing: tuple[str, ...] = ()
    opens_on: date | None = None
    replaced_by: str | None = None

    @property
    def open(self) -> bool:
        """Neither refused nor closed."""
        return self.verdict not in {"ineligible", "closed"}


def line_of(scheme: SchemeRecord, judgment: Judgment, records: Records, amount: Decimal | None = None) -> Line:
    """The line of a judgment, with its sources."""
    return Line(
        scheme=scheme.id,
        name=scheme.name,
        verdict=judgment.verdict,
        reasons=judgment.reasons,
        sources=records.cited[scheme.id],
        amount=amount,
        missing=judgment.missing,
        opens_on=judgment.opens_on,
        replaced_by=judgment.replaced_by,
    )
