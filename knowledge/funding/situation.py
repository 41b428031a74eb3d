"""A person and a training as the rules see them: absent facts are None, never false."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from dateutil.relativedelta import relativedelta

# Sensitive facts: absent means «not claimed»; nobody is asked about them.
NOT_ASKED = ("disability", "atmp_permanent_incapacity_pct", "c2p_points")
# Facts of the person that the rules read, the sensitive ones apart.
OF_PERSON = (
    *("status", "contract_type", "seniority_months", "company_seniority_months", "company_size", "age", "location"),
    *("activity", "cpf_balance", "cpf_hours", "budget", "registered_france_travail", "unemployment_benefit"),
    *("job_offer", "bilan_in_last_5_years", "employer_contribution", "target_certification", "project"),
    *("monthly_gross_salary", "minimum_income", "cdd_months_last_12", "interim_hours_18m", "interim_hours_agency"),
    *("public_service_months", "on_working_time", "education_level"),
)
# Facts of the training that are no field of the profile.
OF_TRAINING = ("hours", "months", "full_time", "start_date")


@dataclass(frozen=True, slots=True)
class Training:
    """What is known of the training, by the names of the contract. Money in euros."""

    kind: str | None = None
    certification: str | None = None
    cost: Decimal | None = None
    hours: int | None = None
    months: int | None = None
    full_time: bool | None = None
    on_working_time: bool | None = None
    start_date: date | None = None
    level: int | None = None
    distance_km: int | None = None
    hours_per_week: int | None = None
    internal: bool | None = None

    def filled_from(self, profile: Mapping[str, Any]) -> Self:
        """With what the profile says of the training being talked about, where the training says nothing."""
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None:
                name = field.name if field.name in {"on_working_time", "start_date"} else f"training_{field.name}"
                value = profile.get(name)
            found[field.name] = value
        if isinstance(found["start_date"], str):
            found["start_date"] = date.fromisoformat(found["start_date"])
        if found["cost"] is not None:
            found["cost"] = Decimal(str(found["cost"]))
        return type(self)(**found)


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts by name, and the day of the request."""

    profile: Mapping[str, Any]
    training: Training
    on: date

    def get(self, field: str) -> Any:
        """A fact of the person or of the training; None when it is not known."""
        if field == "kind":
            return self.training.kind
        if field in {"hours", "months", "full_time", "start_date", "on_working_time", "cost"}:
            return getattr(self.training, field)
        return self.profile.get(field)

    def amount(self, field: str) -> Decimal | None:
        """A fact in euros."""
        value = self.get(field)
        return None if value is None else Decimal(str(value))

    @property
    def certification(self) -> str | None:
        """The number of the certification aimed at, where one is known."""
        for code in (self.training.certification, self.profile.get("target_certification")):
            if isinstance(code, str) and code.upper().startswith(("RNCP", "RS")) and code[-1:].isdigit():
                return code.upper()
        return None

    @property
    def cpf_kind(self) -> str | None:
        """The kind as the CPF sees it: a training to create a business that ends in a certification is that one."""
        kind = self.training.kind
        if kind == "business_creation" and self.certification:
            return "rs" if self.certification.startswith("RS") else "rncp"
        return kind

    def months_at_start(self, months: int) -> int:
        """Months of seniority on the day the training starts, today when that day is not known."""
        start = self.training.start_date
        if start is None or start <= self.on:
            return months
        later = relativedelta(start, self.on)
        return months + later.years * 12 + later.months

    def day_of_months(self, missing: int) -> date:
        """The day on which so many months more are reached."""
        return self.on + relativedelta(months=missing)
