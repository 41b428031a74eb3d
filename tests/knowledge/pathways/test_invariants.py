"""What holds of the ways shown to anybody."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.profile import MODALITIES, PROJECTS, STATUSES
from knowledge.catalogue import Catalogue
from knowledge.pathways import RouteProfile, Target, plan_routes
from knowledge.pathways.certifications import is_far
from knowledge.search.engine import SearchEngine

JOBS = ("M1203", "J1501", "G1602", "N1301", "F1603", "M1805", "K1304", "D1102", "A1203", "M1604")
CODES = ("RNCP37121", "RNCP40692", "RNCP37949")
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "age": st.integers(14, 70),
        "education_level": st.sampled_from([0, 3, 4, 5, 6, 7, 8]),
        "current_job": st.sampled_from(JOBS),
        "project": st.sampled_from(PROJECTS),
        "modality": st.lists(st.sampled_from(MODALITIES), max_size=3),
        "experience_months": st.integers(0, 400),
        "disability": st.booleans(),
        "on_working_time": st.booleans(),
        "location": st.sampled_from(["08105", "75056"]),
    },
)
TARGETS = st.builds(Target, st.none() | st.sampled_from(JOBS), st.none() | st.sampled_from(CODES))


@settings(max_examples=150, deadline=None)
@given(PROFILES, TARGETS)
def test_ways_are_few_distinct_explained_sourced_and_the_same_each_time(
    starter: tuple[Catalogue, SearchEngine], profile: dict[str, Any], target: Target
) -> None:
    catalogue, search = starter
    person = RouteProfile.of(profile)
    found = plan_routes(person, target, catalogue, search)
    assert found == plan_routes(person, target, catalogue, search)
    assert len(found.items) <= 4
    assert len({item.id for item in found.items}) == len(found.items)
    assert found.text()
    for item in found.items:
        assert item.why
        assert item.steps
        assert all(sentence.strip() for sentence in (*item.why, *item.prerequisites, *item.changes))
        assert item.sources or item.id == "business"
        assert all(step.cost is None for step in item.steps)
        for code in filter(None, (step.code for step in item.steps)):
            assert catalogue.certifications[code].active
        if item.id == "full":
            record = catalogue.certifications[next(step.code for step in item.steps if step.code)]
            assert not is_far(record, person.education_level) or any("en dessous" in reason for reason in item.why)


@settings(max_examples=60, deadline=None)
@given(PROFILES, st.sampled_from(JOBS))
def test_an_aim_that_is_known_has_at_least_one_way(
    starter: tuple[Catalogue, SearchEngine], profile: dict[str, Any], job: str
) -> None:
    catalogue, search = starter
    assert plan_routes(RouteProfile.of(profile), Target(job), catalogue, search).items
