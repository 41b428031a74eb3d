"""The file of communes: facts, coordinates, records refused by name."""

from pathlib import Path

import pytest

from knowledge.records import Commune
from knowledge.sources.communes import read_communes
from knowledge.sources.refusals import Refusal
from tests.knowledge.official import commune, communes_file


def test_a_commune_comes_with_all_its_facts(tmp_path: Path) -> None:
    file = communes_file(tmp_path, commune(), coordinates="51108;CHALONS EN CHAMPAGNE;48.9564, 4.3631\n")
    assert list(read_communes(file)) == [
        Commune("51108", "Châlons-en-Champagne", ("51000",), "51", "44", 43_000, 48.9564, 4.3631)
    ]


def test_a_commune_of_arrondissements_is_in_their_middle(tmp_path: Path) -> None:
    file = communes_file(
        tmp_path,
        commune("75056", "Paris"),
        commune("75101", "Paris 1er", type="arrondissement-municipal", commune="75056"),
        commune("75102", "Paris 2e", type="arrondissement-municipal", commune="75056"),
        coordinates="75101;PARIS 01;48.8, 2.3\n75102;PARIS 02;48.9, 2.4\n",
    )
    (paris,) = read_communes(file)
    assert isinstance(paris, Commune)
    assert (paris.latitude, paris.longitude) == (48.85, 2.35)


def test_a_new_commune_is_where_those_it_was_made_of_were(tmp_path: Path) -> None:
    file = communes_file(
        tmp_path,
        commune("49126", "Orée d'Anjou", anciensCodes=["49069", "49172"]),
        coordinates="49069;A;47.3, -1.2\n",
    )
    (found,) = read_communes(file)
    assert isinstance(found, Commune)
    assert (found.latitude, found.longitude) == (47.3, -1.2)


def test_corsica_and_the_overseas_departments_are_communes_too(tmp_path: Path) -> None:
    file = communes_file(
        tmp_path,
        commune("2A004", "Ajaccio", departement="2A", region="94"),
        commune("97105", "Basse-Terre", departement="971", region="01"),
        commune("97502", "Saint-Pierre", departement="975", region="975"),
    )
    assert [c.department for c in read_communes(file) if isinstance(c, Commune)] == ["2A", "971", "975"]


def test_what_is_no_commune_of_today_is_passed_over(tmp_path: Path) -> None:
    file = communes_file(tmp_path, commune(type="commune-deleguee"), commune("51454", "Reims"))
    assert [c.name for c in read_communes(file) if isinstance(c, Commune)] == ["Reims"]


def test_a_commune_without_postcode_population_or_coordinates_is_kept(tmp_path: Path) -> None:
    (found,) = read_communes(communes_file(tmp_path, commune(codesPostaux=None, population=None)))
    assert isinstance(found, Commune)
    assert (found.postcodes, found.population, found.latitude, found.longitude) == ((), 0, None, None)


@pytest.mark.parametrize(
    "coordinates",
    ["51108;C;nord, est\n", "51108;C;nan, 4.3\n", "51108;C;481, 4.3\n", "51108;C;\n", "51108\n", ";;1, 2\n"],
)
def test_coordinates_that_are_none_are_left_out(tmp_path: Path, coordinates: str) -> None:
    (found,) = read_communes(communes_file(tmp_path, commune(), coordinates=coordinates))
    assert isinstance(found, Commune)
    assert (found.latitude, found.longitude) == (None, None)


@pytest.mark.parametrize(
    "broken",
    [
        "Reims",
        None,
        51454,
        [],
        {"nom": "Reims"},
        commune(code="5145"),
        commune() | {"code": None},
        commune(nom=""),
        commune(nom=None),
        commune(nom="R" * 101),
        commune(departement="Marne"),
        commune(region="Grand Est"),
        commune(codesPostaux="51100"),
        commune(population="beaucoup"),
        commune(population=-1),
        commune(population=10**30),
        {key: value for key, value in commune().items() if key != "region"},
    ],
)
def test_a_broken_commune_is_refused_and_the_others_are_kept(tmp_path: Path, broken: object) -> None:
    file = communes_file(tmp_path, commune("08105", "Charleville-Mézières"), broken, commune("51454", "Reims"))
    first, refused, last = read_communes(file)
    assert [c.name for c in (first, last) if isinstance(c, Commune)] == ["Charleville-Mézières", "Reims"]
    assert isinstance(refused, Refusal)
    assert (refused.file, refused.record, refused.reason) == ("communes.json", "2", "commune")


def test_a_commune_given_twice_is_kept_once(tmp_path: Path) -> None:
    first, refused = read_communes(communes_file(tmp_path, commune(), commune(name="Châlons")))
    assert isinstance(first, Commune)
    assert first.name == "Châlons-en-Champagne"
    assert refused == Refusal("communes.json", "51108", "duplicate")


@pytest.mark.parametrize("content", [b"", b'{"51108": "Reims"}', b"[", b'["Ch\xe2lons"]', b"[" * 100_000])
def test_a_file_that_is_no_list_of_communes_gives_one_refusal(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "communes.json"
    file.write_bytes(content)
    assert list(read_communes(file)) == [Refusal("communes.json", "1", "broken_json")]
