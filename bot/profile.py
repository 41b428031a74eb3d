"""What may be known of a person: the fields of the contract, how each is checked, and how it is said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import JsonValue

from bot.messages import Profile
from bot.wording import replies, say
from knowledge.catalogue import Catalogue
from knowledge.errors import InvalidInput

FieldType = Literal[
    "enum", "list", "int", "eur", "bool", "str", "date", "rome", "insee", "code", "email", "phone", "when"
]


@dataclass(frozen=True, slots=True)
class Field:
    """A profile field: its type and, for `enum` and `list`, the values allowed. `contact` and `sensitive` as in the
    contract."""

    type: FieldType
    values: tuple[str, ...] = ()
    sensitive: bool = False
    contact: bool = False


STATUSES = ("employee", "jobseeker", "self_employed", "public_agent", "student", "inactive", "employer")
PROJECTS = (
    "find_training",
    "change_career",
    "explore_jobs",
    "review_skills",
    "validate_experience",
    "start_business",
    "learn_basics",
    "company_need",
    "ask_funding",
)
MODALITIES = (
    "onsite",
    "remote",
    "blended",
    "evening",
    "weekend",
    "work_based",
    "apprenticeship",
    "full_time",
    "part_time",
)
TRAINING_KINDS = ("rncp", "rs", "clea", "bilan", "vae", "licence_b", "business_creation", "other")

FIELDS: Mapping[str, Field] = {
    "status": Field("enum", STATUSES),
    "contract_type": Field("enum", ("cdi", "cdd", "interim")),
    "seniority_months": Field("int"),
    "company_seniority_months": Field("int"),
    "company_size": Field("int"),
    "opco": Field("str"),
    "idcc": Field("str"),
    "activity": Field("enum", ("artisan", "commerce", "liberal", "agriculture")),
    "age": Field("int"),
    "education_level": Field("int"),
    "location": Field("insee"),
    "mobility_km": Field("int"),
    "current_job": Field("rome"),
    "target_job": Field("rome"),
    "target_certification": Field("code"),
    "project": Field("enum", PROJECTS),
    "modality": Field("list", MODALITIES),
    "on_working_time": Field("bool"),
    "start_date": Field("date"),
    "experience_months": Field("int"),
    "monthly_gross_salary": Field("eur"),
    "cpf_balance": Field("eur"),
    "cpf_hours": Field("int"),
    "budget": Field("eur"),
    "registered_france_travail": Field("bool"),
    "unemployment_benefit": Field("bool"),
    "job_offer": Field("bool"),
    "disability": Field("bool", sensitive=True),
    "c2p_points": Field("int"),
    "atmp_permanent_incapacity_pct": Field("int", sensitive=True),
    "bilan_in_last_5_years": Field("bool"),
    "employer_contribution": Field("eur"),
    "first_name": Field("str", contact=True),
    "email": Field("email", contact=True),
    "phone": Field("phone", contact=True),
    "third_party_contribution": Field("eur"),
    "has_driving_licence": Field("bool"),
    "certification_already_held": Field("bool"),
    "cdd_months_last_12": Field("int"),
    "interim_hours_18m": Field("int"),
    "interim_hours_agency": Field("int"),
    "months_employed_last_60": Field("int"),
    "public_service_months": Field("int"),
    "public_branch": Field("enum", ("state", "territorial", "hospital")),
    "children_under_12": Field("int"),
    "are_daily": Field("eur"),
    "are_end_date": Field("date"),
    "cfp_paid": Field("bool"),
    "minimum_income": Field("bool"),
    "beneficiary": Field("enum", ("self", "other")),
    "people_count": Field("int"),
    "needed_by": Field("when"),
    "training_kind": Field("enum", TRAINING_KINDS),
    "training_cost": Field("eur"),
    "training_hours": Field("int"),
    "training_months": Field("int"),
    "training_full_time": Field("bool"),
}
CONTACT_FIELDS = tuple(name for name, field in FIELDS.items() if field.contact)
MONTHS = frozenset(name for name in FIELDS if name.endswith("_months"))

# From 15, contact details may be taken once it was said what is kept and for whom; under 15, never.
AGE_OF_CONTACT = 15
_MAX_INT = 1_000_000
_MAX_TEXT = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
_PHONE = re.compile(r"\+\d{6,15}")
_WHEN = re.compile(r"now|\d{4}-(?:spring|summer|autumn|winter|school|end)|\d{4}-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?")
_CODE = re.compile(r"[A-ZÉ0-9][A-ZÉa-zé0-9 .'-]{0,39}")


def check(field: str, value: JsonValue, catalogue: Catalogue) -> JsonValue:
    """The value as the profile keeps it. Raises InvalidInput (its `field` says which) for an unknown field or a wrong
    value."""
    spec = FIELDS.get(field)
    if spec is None or not _is_valid(spec, value, catalogue):
        raise InvalidInput(field=field)
    return value


def labels(profile: Profile, catalogue: Catalogue) -> dict[str, str]:
    """Each fact of the profile said in French, by field (`{"location": "Sedan (08200)", …}`)."""
    return {field: label(field, value, catalogue) for field, value in profile.items() if field in FIELDS}


def label(field: str, value: JsonValue, catalogue: Catalogue) -> str:
    """One fact said in French."""
    spec = FIELDS[field]
    if field in MONTHS and isinstance(value, int):
        return duration_label(value)
    if field == "education_level":
        return say(f"profile.education_level.{value}")
    if isinstance(value, bool):
        return say("profile.yes" if value else "profile.no")
    if isinstance(value, list):
        return ", ".join(value_label(field, str(item)) for item in value)
    if spec.type == "eur" and isinstance(value, int | float):
        return say("profile.euros", amount=number_label(value))
    if value == 1 and f"profile.one.{field}" in replies():
        return say(f"profile.one.{field}")
    if spec.type == "int" and f"profile.units.{field}" in replies():
        return say(f"profile.units.{field}", value=value)
    if spec.type == "rome":
        return job_label(str(value), catalogue)
    if spec.type == "insee":
        return place_label(str(value), catalogue)
    if spec.type == "date":
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    return when_label(str(value)) if spec.type == "when" else value_label(field, str(value))


def when_label(value: str) -> str:
    """By when something is needed: «mars 2027», «15/03/2027», «printemps 2027», «tout de suite»."""
    year, _, rest = value.partition("-")
    if len(value) == len("2027-03-15") and rest[:1].isdigit():
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    key = f"profile.when.{rest or year}"
    month = replies().lines("hours.months")[int(rest) - 1] if rest.isdigit() else ""
    return f"{month} {year}" if month else say(key, year=year)


def job_label(rome: str, catalogue: Catalogue) -> str:
    """The name of a job, or its code when it is not known."""
    job = catalogue.jobs.get(rome)
    return job.label if job else rome


def place_label(insee: str, catalogue: Catalogue) -> str:
    """The name of a commune with its first postcode, or its code when it is not known."""
    commune = catalogue.communes.get(insee)
    if commune is None:
        return insee
    return f"{commune.name} ({commune.postcodes[0]})" if commune.postcodes else commune.name


def number_label(value: float) -> str:
    """A number written the French way: 2400 → «2 400», 12.5 → «12,50»."""
    whole = float(value).is_integer()
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",")


def duration_label(months: int) -> str:
    """A number of months said in years and months: 54 → «4 ans et 6 mois»."""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(say("profile.years.one" if years == 1 else "profile.years.many", n=years))
    if rest or not years:
        parts.append(say("profile.months", n=rest))
    return f" {say('profile.and')} ".join(parts)


def value_label(field: str, value: str) -> str:
    """One of the values that a field may hold, said in French."""
    key = f"profile.values.{field}.{value}"
    return say(key) if key in replies() else value


def _is_valid(spec: Field, value: JsonValue, catalogue: Catalogue) -> bool:
    return _CHECKS[spec.type](spec, value, catalogue)


def _text_matching(pattern: re.Pattern[str]) -> Callable[[Field, JsonValue, Catalogue], bool]:
    return lambda _spec, value, _catalogue: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_int(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_INT


def _is_date(value: JsonValue) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


_CHECKS: Mapping[FieldType, Callable[[Field, JsonValue, Catalogue], bool]] = {
    "enum": lambda spec, value, _: value in spec.values,
    "list": lambda spec, value, _: isinstance(value, list) and all(item in spec.values for item in value),
    "int": lambda _s, value, _c: _is_int(value),
    "eur": lambda _s, value, _c: _is_int(value) or (isinstance(value, float) and 0 <= value <= _MAX_INT),
    "bool": lambda _s, value, _c: isinstance(value, bool),
    "str": lambda _s, value, _c: isinstance(value, str) and 0 < len(value.strip()) <= _MAX_TEXT,
    "date": lambda _s, value, _c: _is_date(value),
    "rome": lambda _s, value, catalogue: isinstance(value, str) and value in catalogue.jobs,
    "insee": lambda _s, value, catalogue: isinstance(value, str) and value in catalogue.communes,
    "code": _text_matching(_CODE),
    "email": _text_matching(_EMAIL),
    "phone": _text_matching(_PHONE),
    "when": _text_matching(_WHEN),
}


def too_young_for_contact(age: object) -> bool:
    """Whether someone of this age, as the profile holds it, may leave no contact detail: under 15. Of an unknown age,
    nothing is concluded."""
    return isinstance(age, int) and age < AGE_OF_CONTACT
