"""Communes to choose from."""

import pytest

from knowledge.catalogue import Catalogue
from knowledge.records import Commune
from knowledge.towns import TownFinder

TOWNS = (
    Commune("08409", "Sedan", ("08200",), "08", "44", 15_000),
    Commune("88413", "Saint-Dié-des-Vosges", ("88100",), "88", "44", 19_000),
    Commune("42218", "Saint-Étienne", ("42000", "42100"), "42", "84", 170_000),
    Commune("54528", "Pont-Saint-Vincent", ("54550",), "54", "44", 2_000),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sed", ["Sedan"]),
        ("08200", ["Sedan"]),
        ("42", ["Saint-Étienne"]),
        ("ST", ["Saint-Dié-des-Vosges", "Saint-Étienne", "Pont-Saint-Vincent"]),
        ("saint-etienne", ["Saint-Étienne"]),
        ("dié", ["Saint-Dié-des-Vosges"]),
        ("xyz", []),
        (" ", []),
        ("?", []),
    ],
)
def test_names_and_postcodes_that_begin_so(typed: str, found: list[str]) -> None:
    assert [town.name for town in TownFinder(Catalogue.of(communes=TOWNS)).find(typed, 10)] == found


def test_no_more_than_asked() -> None:
    assert len(TownFinder(Catalogue.of(communes=TOWNS)).find("s", 2)) == 2
