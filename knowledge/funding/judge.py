"""The verdict of one scheme, with its reasons."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.funding.criteria import holds, outcomes
from knowledge.funding.outcomes import Failed, Met, Unknown
from knowledge.funding.records import SchemeRecord
from knowledge.funding.rules import Ledger
from knowledge.funding.situation import Situation
from knowledge.funding.texts import TEXTS, decided_by, french_day, lacking

Verdict = Literal["eligible", "ineligible", "uncertain", "discretionary", "closed"]


@dataclass(frozen=True, slots=True)
class Judgment:
    """Closed, else refused by one known fact, else uncertain for one missing, else decided by a body, else eligible."""

    verdict: Verdict
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()
    opens_on: date | None = None
    replaced_by: str | None = None

    @property
    def open(self) -> bool:
        """Neither refused nor closed."""
        return self.verdict not in {"ineligible", "closed"}


def judge_scheme(scheme: SchemeRecord, situation: Situation, ledger: Ledger) -> Judgment:
    """Judge a scheme on the day of the request."""
    if scheme.closed and (scheme.closed.since is None or situation.on >= scheme.closed.since):
        since = scheme.closed.since
        closing = scheme.closed.reason.format(day=french_day(since) if since else "")
        return Judgment("closed", (closing,), replaced_by=scheme.closed.replaced_by)
    if scheme.starts and situation.on < scheme.starts:
        reason = TEXTS.get("not_yet", day=french_day(scheme.starts))
        return Judgment("ineligible", (reason,), opens_on=scheme.starts)
    if scheme.judged_since and situation.on < scheme.judged_since:
        return Judgment("uncertain", (TEXTS.get("to_check"),))
    judged = [outcome for _, outcome in outcomes(scheme, situation, ledger)]
    failed = [one for one in judged if isinstance(one, Failed)]
    if failed:
        days = [one.opens_on for one in failed if one.opens_on]
        opens = max(days) if len(days) == len(failed) else None
        return Judgment("ineligible", tuple(one.reason for one in failed), opens_on=opens)
    unknown = [one for one in judged if isinstance(one, Unknown)]
    said = tuple(s.text for s in scheme.said if holds(s.when, situation) and not (s.sure and unknown))
    if unknown:
        missing = tuple(dict.fromkeys(name for one in unknown for name in one.missing))
        reasons = (*(one.reason for one in unknown if one.reason), *([lacking(missing)] if missing else []), *said)
        return Judgment("uncertain", reasons or (TEXTS.get("to_check"),), missing)
    met = TEXTS.get("met") if any(isinstance(one, Met) for one in judged) else ""
    if scheme.decided_by and situation.get("status") not in scheme.by_right_for:
        return Judgment("discretionary", (decided_by(scheme.decided_by), *said))
    return Judgment("eligible", (*said, *([met] if met and not said else [])) or (TEXTS.get("met"),))
