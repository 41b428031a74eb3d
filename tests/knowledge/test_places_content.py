"""The starter places: hubs, communes, departments and regions."""

from datetime import date
from typing import Any

import pytest

from tests.knowledge.starter_files import read, read_communes

HUBS = [
    "chalons-en-champagne",
    "charleville-mezieres",
    "chaumont",
    "colmar",
    "epinal",
    "luneville",
    "saint-avold",
    "saint-die-des-vosges",
    "saint-dizier",
    "saint-louis",
    "saverne",
    "thionville",
    "troyes",
    "verdun",
    "vittel",
]
GRAND_EST = {"08", "10", "51", "52", "54", "55", "57", "67", "68", "88"}
OVERSEAS_REGIONS = {"01", "02", "03", "04", "06"}


@pytest.fixture(scope="module")
def communes() -> dict[str, dict[str, Any]]:
    return {commune["insee"]: commune for commune in read_communes()}


@pytest.fixture(scope="module")
def places() -> dict[str, Any]:
    return dict(read("regions.yml"))


class TestHubs:
    def test_the_fifteen_hubs(self) -> None:
        assert [hub["id"] for hub in read("hubs.yml")] == HUBS

    def test_each_stands_in_its_town(self, communes: dict[str, dict[str, Any]]) -> None:
        for hub in read("hubs.yml"):
            commune = communes[hub["insee"]]
            assert commune["name"] == hub["town"]
            assert commune["department"] in GRAND_EST

    def test_nothing_is_said_that_no_team_has_published(self) -> None:
        for hub in read("hubs.yml"):
            assert set(hub) == {"id", "town", "insee", "source"}
            assert hub["source"]["url"].startswith("https://")
            assert hub["source"]["checked_on"] <= date(2026, 11, 25)


class TestCommunes:
    def test_no_commune_twice(self, communes: dict[str, dict[str, Any]]) -> None:
        assert len(communes) == len(read_communes())

    def test_all_communes_of_grand_est_are_there(self, communes: dict[str, dict[str, Any]]) -> None:
        found = [commune for commune in communes.values() if commune["region"] == "44"]
        assert len(found) > 5_000
        assert {commune["department"] for commune in found} == GRAND_EST

    def test_codes_are_whole(self, communes: dict[str, dict[str, Any]]) -> None:
        for insee, commune in communes.items():
            assert len(insee) == 5
            assert commune["postcodes"]
            assert all(isinstance(postcode, str) and len(postcode) == 5 for postcode in commune["postcodes"])

    def test_towns_of_grand_est_are_there(self, communes: dict[str, dict[str, Any]]) -> None:
        names = {commune["name"] for commune in communes.values() if commune["department"] in GRAND_EST}
        assert {
            "Rethel",
            "Reims",
            "Sedan",
            "Vitry-le-François",
            "Bar-le-Duc",
            "Forbach",
            "Sélestat",
            "Mulhouse",
        } <= names
        assert len(names) > 400

    def test_large_cities_are_there(self, communes: dict[str, dict[str, Any]]) -> None:
        assert {"75056", "69123", "13055", "59350", "33063", "97411"} <= set(communes)

    def test_each_stands_in_france(self, communes: dict[str, dict[str, Any]]) -> None:
        for commune in communes.values():
            if commune["latitude"] is not None:
                assert -25 <= commune["latitude"] <= 52
                assert -64 <= commune["longitude"] <= 56

    def test_grand_est_lies_in_the_north_east(self, communes: dict[str, dict[str, Any]]) -> None:
        for commune in communes.values():
            if commune["region"] == "44" and commune["latitude"] is not None:
                assert 47.3 <= commune["latitude"] <= 50.2
                assert 3.3 <= commune["longitude"] <= 8.3

    def test_each_stands_in_a_known_department(
        self, communes: dict[str, dict[str, Any]], places: dict[str, Any]
    ) -> None:
        for commune in communes.values():
            assert places["departments"][commune["department"]]["region"] == commune["region"]


class TestRegions:
    def test_all_regions_and_departments(self, places: dict[str, Any]) -> None:
        metropolitan = {code for code in places["regions"] if len(code) == 2} - OVERSEAS_REGIONS
        assert len(metropolitan) == 13
        assert set(places["regions"]) >= OVERSEAS_REGIONS
        assert len([code for code in places["departments"] if len(code) == 2]) == 96

    def test_departments_of_grand_est(self, places: dict[str, Any]) -> None:
        assert places["regions"]["44"] == "Grand Est"
        found = {code for code, department in places["departments"].items() if department["region"] == "44"}
        assert found == GRAND_EST
