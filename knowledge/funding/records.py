"""The records of the schemes: what their YAML files may hold. An unknown field is an error."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from knowledge.records.written import Written, WrittenSource

Status = Literal["employee", "jobseeker", "self_employed", "public_agent", "student", "inactive", "employer"]
Kind = Literal["rncp", "rs", "clea", "bilan", "vae", "licence_b", "business_creation", "other"]
How = Literal["official_text", "official_page", "quoted", "secondary", "convention"]
Place = Literal["lines", "income"]
# Rules that need more than a comparison: functions of `rules.py`.
RuleName = Literal[
    "cpf_balance",
    "cpf_kind",
    "cpf_licence",
    "employer_money",
    "ptp_seniority",
    "ptp_notice",
    "reconversion_hours",
    "apprentice_age",
    "professionnalisation_age",
    "public_service",
    "grand_est",
    "nothing_left",
]


class SourceRecord(WrittenSource):
    """Where facts were read, when, and how surely."""

    how: How


class DatedValue(Written):
    """A value from its first day to its last, both included."""

    since: date | None = None
    until: date | None = None
    amount: Decimal
    source: str

    @model_validator(mode="after")
    def _in_order(self) -> "DatedValue":
        if self.since and self.until and self.until < self.since:
            raise ValueError("until is before since")
        return self


class ValueRecord(Written):
    """A national value through time, newest last; its periods may not overlap."""

    label: str
    unit: str
    values: tuple[DatedValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _apart(self) -> "ValueRecord":
        for before, after in zip(self.values, self.values[1:], strict=False):
            if before.until is None or after.since is None or after.since <= before.until:
                raise ValueError("dates overlap")
        return self


class Criterion(Written):
    """One thing that must be so. With `rule`, a function judges; else `field` is compared.

    `when`: applies only where these fields have one of these values; `statuses`, `since`, `until`: to whom and when.
    `unknown`: what an absent fact means (`ask`, or `met` for a fact that is rarely against the person).
    `months`: the fact grows with time, so that the day on which it is reached can be told.
    """

    rule: RuleName | None = None
    field: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: tuple[str, ...] | None = None
    is_: bool | None = Field(None, alias="is")
    notice_days: int | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    statuses: tuple[Status, ...] = ()
    since: date | None = None
    until: date | None = None
    unknown: Literal["ask", "met"] = "ask"
    months: bool = False
    reason: str

    @model_validator(mode="after")
    def _one_test(self) -> "Criterion":
        compared = [self.at_least, self.at_most, self.one_of, self.is_]
        tests = sum(value is not None for value in compared)
        if self.rule or self.notice_days is not None:
            ok = tests == 0 and self.field is None
        else:
            ok = self.field is not None and tests >= 1
        if not ok:
            raise ValueError("a rule, a notice, or a field with a comparison")
        return self


class Said(Written):
    """A sentence said of a line that is not refused, where `when` holds; `sure`: only when nothing is missing."""

    text: str
    sure: bool = False
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class StepRecord(Written):
    """Something to do; `days_before`: at the latest so many days before the training starts."""

    act: str
    days_before: int | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Closing(Written):
    """Since when a scheme is no longer there (always, without a date), what replaced it, and what is said."""

    since: date | None = None
    replaced_by: str | None = None
    reason: str


class SchemeRecord(Written):
    """A funding scheme. `decided_by` is empty where the criteria decide alone, and is nobody for `by_right_for`.

    `starts`: the first day it exists; `judged_since`: before it, the rules are not known here.
    `checklist`: conditions that no fact carries, shown and never judged; `excludes`: not for the same training.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = Field(alias="for")
    order: int
    place: Place = "lines"
    summary: str
    decided_by: str = ""
    by_right_for: tuple[Status, ...] = ()
    starts: date | None = None
    judged_since: date | None = None
    criteria: tuple[Criterion, ...] = ()
    said: tuple[Said, ...] = ()
    checklist: tuple[str, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    values: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    closed: Closing | None = None
    to_confirm: str = ""
    sources: tuple[str, ...] = Field(min_length=1)
