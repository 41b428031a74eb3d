"""Random persons, trainings and days, within what the contract allows."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from knowledge.funding import Training

EUROS = st.decimals(0, 12_000, places=2)
STATUSES = ("employee", "jobseeker", "self_employed", "public_agent", "student", "inactive", "employer")
KINDS = ("rncp", "rs", "clea", "bilan", "vae", "licence_b", "business_creation", "other")
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "contract_type": st.sampled_from(["cdi", "cdd", "interim"]),
    "seniority_months": st.integers(0, 400),
    "company_seniority_months": st.integers(0, 400),
    "company_size": st.integers(1, 5_000),
    "activity": st.sampled_from(["artisan", "commerce", "liberal", "agriculture"]),
    "age": st.integers(10, 80),
    "location": st.sampled_from(["08105", "75056", "67482", "97411"]),
    "project": st.sampled_from(["find_training", "start_business", "change_career"]),
    "monthly_gross_salary": EUROS.map(float),
    "cpf_balance": EUROS.map(float),
    "cpf_hours": st.integers(0, 400),
    "budget": EUROS.map(float),
    "registered_france_travail": st.booleans(),
    "unemployment_benefit": st.booleans(),
    "job_offer": st.booleans(),
    "disability": st.booleans(),
    "c2p_points": st.integers(0, 100),
    "atmp_permanent_incapacity_pct": st.integers(0, 100),
    "bilan_in_last_5_years": st.booleans(),
    "employer_contribution": EUROS.map(float),
    "minimum_income": st.booleans(),
    "cdd_months_last_12": st.integers(0, 12),
    "interim_hours_18m": st.integers(0, 3_000),
    "interim_hours_agency": st.integers(0, 3_000),
    "public_service_months": st.integers(0, 400),
    "target_certification": st.sampled_from(["RNCP37121", "RS5616", "BTS"]),
}
PROFILES = st.builds(
    lambda status, rest: {"status": status, **rest},
    st.sampled_from(STATUSES),
    st.fixed_dictionaries({}, optional=FIELDS),
)
TRAININGS = st.builds(
    Training,
    kind=st.none() | st.sampled_from(KINDS),
    certification=st.none() | st.sampled_from(["RNCP37121", "RS5616"]),
    cost=st.none() | st.decimals(0, 30_000, places=2),
    hours=st.none() | st.integers(0, 3_000),
    months=st.none() | st.integers(0, 40),
    full_time=st.none() | st.booleans(),
    on_working_time=st.none() | st.booleans(),
    start_date=st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    internal=st.none() | st.booleans(),
)
DAYS = st.dates(date(2014, 1, 1), date(2028, 12, 31))
CENT = Decimal("0.01")
