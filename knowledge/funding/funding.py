"""The door of this room: plans, records and names of funding schemes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Self

from knowledge.funding.apprentice_aid import ApprenticeAid, apprentice_aid
from knowledge.funding.apprentice_pay import ApprenticePay, apprentice_pay
from knowledge.funding.could import sentences
from knowledge.funding.judge import Judgment, judge_scheme
from knowledge.funding.lines import Line, line_of
from knowledge.funding.loading import Records, own_records
from knowledge.funding.names import Names
from knowledge.funding.plan import Plan, make_plan
from knowledge.funding.questions import questions
from knowledge.funding.records import SchemeRecord
from knowledge.funding.rules import Ledger
from knowledge.funding.saying import brief_text, changes_text, plan_text
from knowledge.funding.situation import Situation, Training
from knowledge.funding.texts import TEXTS, lacking


class Funding:
    """Over one set of records. Immutable, thread-safe."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._names = Names(records.schemes.values())

    @classmethod
    def load(cls) -> Self:
        """The project's own records. Raises FundingRecordInvalid."""
        return cls(own_records())

    def plan(self, profile: Mapping[str, Any], training: Training, on: date) -> Plan:
        """Who pays, and what remains, with the questions that would change it. Values were checked before."""
        situation = Situation(profile, training.filled_from(profile), on)
        plan = make_plan(situation, self.records)
        return replace(plan, questions=questions(situation, self.records, plan))

    def plan_about(self, profile: Mapping[str, Any], training: Training, on: date, scheme: str) -> Plan:
        """As `plan`, with the line of the scheme that was asked about first, whoever it is for. Raises KeyError."""
        plan = self.plan(profile, training, on)
        line = plan.line(scheme) or self._refused_anyhow(scheme, profile, training, on)
        line = line or self._outside(scheme, profile.get("status"), on)
        others = tuple(one for one in plan.lines if one is not line)
        unasked = ("status",) if "status" in line.missing else ()
        return replace(plan, lines=(line, *others), questions=(*unasked, *plan.questions))

    def _refused_anyhow(self, scheme: str, profile: Mapping[str, Any], training: Training, on: date) -> Line | None:
        """While the status is not known: the line of a scheme refused whichever of its statuses a person has."""
        record = self.records.schemes[scheme]
        if profile.get("status") or not record.statuses:
            return None
        asked = training.filled_from(profile)
        judged = [
            judge_scheme(record, Situation({**profile, "status": status}, asked, on), Ledger())
            for status in record.statuses
            if status != "employer"
        ]
        if not judged or any(judgment.verdict != "ineligible" for judgment in judged):
            return None
        return line_of(record, judged[0], self.records)

    def _outside(self, scheme: str, status: object, on: date) -> Line:
        """The line of a scheme that is not for this status, or when the status is not known."""
        record = self.records.schemes[scheme]
        judgment = judge_scheme(record, Situation({}, Training(), on), Ledger())
        if judgment.verdict != "closed":
            statuses = ", ".join(TEXTS.get(f"statuses.{name}") for name in record.statuses)
            said = TEXTS.get("only_for", statuses=statuses)
            unknown = Judgment("uncertain", (said, lacking(("status",))), ("status",))
            judgment = Judgment("ineligible", (said,)) if status else unknown
        return line_of(record, judgment, self.records)

    def text(
        self,
        profile: Mapping[str, Any],
        training: Training,
        on: date,
        scheme: str | None = None,
        *,
        brief: bool = False,
        warns: bool = True,
    ) -> str:
        """The plan said in French; the scheme that was asked about comes first. `brief`: what is paid, what remains;
        `warns`: with what is pending or to be confirmed in general."""
        situation = Situation(profile, training.filled_from(profile), on)
        plan = self.plan_about(profile, training, on, scheme) if scheme else make_plan(situation, self.records)
        if brief:
            return brief_text(plan, scheme)
        return plan_text(plan, scheme, tuple(sentences(situation, self.records, plan)), warns=warns)

    def changes(self, plan: Plan, before: Mapping[str, str]) -> str:
        """The verdicts of a plan, by scheme, that were not these `before`, said in French."""
        return changes_text(plan, before)

    def apprentice_pay(self, on: date) -> tuple[ApprenticePay, ...]:
        """The least an apprentice is paid on a day, by age."""
        return apprentice_pay(self.records, on)

    def apprentice_aid(self, on: date, staff: int) -> tuple[ApprenticeAid, ...]:
        """The most an employer of `staff` employees receives for an apprentice whose contract is signed on a day."""
        return apprentice_aid(self.records, on, staff)

    def scheme(self, scheme_id: str) -> SchemeRecord:
        """A record. Raises KeyError."""
        return self.records.schemes[scheme_id]

    def find(self, text: str) -> str | None:
        """The scheme that a text names, by its name, an alias or an older name."""
        return self._names.find(text)
