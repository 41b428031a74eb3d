"""Loading official files: once is enough, our own words stay, a failure leaves the old data whole."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.catalogue import Catalogue
from knowledge.importing import Loader, Report
from knowledge.models import HubRow, ImportRow
from knowledge.records import Block, Certification, Commune, Job, JobTitle, Source
from knowledge.sources.communes import read_communes
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp import read_certifications
from knowledge.sources.rome import read_jobs
from knowledge.starter import StarterInvalid, load_starter
from tests.knowledge.official import PUBLISHED, commune, communes_file, fiche, fiches, rome_folder
from tests.shared_data import shared_data

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OFFICIAL = Source("France compétences, RNCP1", "https://www.francecompetences.fr/recherche/rncp/1/", PUBLISHED)

STARTER_SOURCE = {"title": "France compétences, RNCP1", "url": "https://example.org/1", "checked_on": date(2025, 1, 1)}
STARTER = {
    "code": "RNCP1",
    "title": "Soudage",
    "type": "CAP",
    "level": 3,
    "rome": ["H2913"],
    "acronyms": ["SOU"],
    "summary": "On apprend à souder.",
    "keywords": ["souder"],
    "certifier": "Ministère",
    "access": ["vae"],
    "source": STARTER_SOURCE,
}


def certification(code: str = "RNCP1", title: str = "Soudeur", **changes: object) -> Certification:
    record = Certification(code, title, "rncp", "TP", 4, True, OFFICIAL)
    return Certification(**{name: getattr(record, name) for name in Certification.__slots__} | changes)


def load(database: Engine, records: Iterable[Certification | Refusal]) -> Report:
    with Session(database) as session, session.begin():
        return Loader(session, "rncp.xml", NOW).certifications(records)


def load_jobs(database: Engine, *records: Job) -> Report:
    with Session(database) as session, session.begin():
        return Loader(session, "rome", NOW).jobs(records)


def load_communes(database: Engine, *records: Commune) -> Report:
    with Session(database) as session, session.begin():
        return Loader(session, "communes.json", NOW).communes(records)


def start(database: Engine, folder: Path, **records: object) -> bool:
    """Load a starter folder: `certifications`, `jobs`, `notices` or `hubs`."""
    for name, content in records.items():
        file = folder / f"{name}.yml" if name == "hubs" else folder / name / "all.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with Session(database) as session, session.begin():
        return load_starter(session, NOW, folder)


def held(database: Engine, code: str = "RNCP1") -> Certification:
    return Catalogue.load(database).certifications[code]


class TestCertifications:
    """Of the RNCP and of the RS."""

    def test_what_is_loaded_is_what_is_read(self, empty_database: Engine) -> None:
        record = certification(
            rome=("H2913",),
            replaced_by=("RNCP2",),
            certifiers=("Ministère",),
            nsf=("Métallurgie",),
            formacodes=("Soudage",),
            access=frozenset({"vae", "initial"}),
            blocks=(Block("RNCP1BC01", "Souder"), Block("RNCP1BC02", "Contrôler")),
            objectives="Souder.",
            ends_on=date(2027, 1, 31),
        )
        report = load(empty_database, [record])
        assert held(empty_database) == record
        assert (report.kept, report.changed, report.refusals) == (1, 1, [])

    def test_the_same_file_twice_changes_nothing(self, empty_database: Engine) -> None:
        records = [certification("RNCP1", blocks=(Block("A", "Souder"),)), certification("RNCP2", active=False)]
        load(empty_database, records)
        before = Catalogue.load(empty_database)
        report = load(empty_database, records)
        after = Catalogue.load(empty_database)
        assert (report.kept, report.changed) == (2, 0)
        assert after.certifications == before.certifications
        assert after.fingerprint == before.fingerprint

    def test_only_what_changed_is_counted_and_blocks_are_replaced(self, empty_database: Engine) -> None:
        load(
            empty_database,
            [
                certification("RNCP1", blocks=(Block("A", "Souder"), Block("B", "Meuler"), Block("C", "Couper"))),
                certification("RNCP2", blocks=(Block("D", "Peindre"),)),
            ],
        )
        report = load(
            empty_database,
            [
                certification("RNCP1", blocks=(Block("B", "Meuler"), Block("E", "Contrôler"))),
                certification("RNCP2", blocks=(Block("D", "Peindre"),)),
            ],
        )
        assert report.changed == 1
        assert held(empty_database).blocks == (Block("B", "Meuler"), Block("E", "Contrôler"))
        assert held(empty_database, "RNCP2").blocks == (Block("D", "Peindre"),)

    def test_a_code_given_twice_is_kept_once_and_told_each_time(self, empty_database: Engine) -> None:
        twice = [certification(title="Soudeur"), certification(title="Soudeuse")]
        far_apart = [twice[0], *(certification(f"RNCP{number}") for number in range(2, 1_200)), twice[1]]
        for changed in (1_199, 0):
            report = load(empty_database, far_apart)
            assert report.refusals == [Refusal("rncp.xml", "RNCP1", "duplicate")]
            assert (report.kept, report.changed) == (1_199, changed)
            assert held(empty_database).title == "Soudeur"

    def test_refusals_are_counted_and_the_others_kept(self, empty_database: Engine) -> None:
        refused = Refusal("rncp.xml", "RNCP5", "level", "NIV9")
        report = load(empty_database, [refused, certification()])
        assert (report.kept, report.refusals) == (1, [refused])
        with Session(empty_database) as session:
            row = session.scalars(select(ImportRow)).one()
        assert (row.source, row.kept, row.changed, row.refused) == ("rncp.xml", 1, 1, 1)

    def test_a_failure_in_the_middle_leaves_the_old_data(self, empty_database: Engine) -> None:
        load(empty_database, (certification(f"RNCP{number}") for number in range(1, 1_500)))
        before = Catalogue.load(empty_database)

        def broken() -> Iterator[Certification]:
            for number in range(1, 1_300):
                yield certification(f"RNCP{number}", "Changé", blocks=(Block("A", "Changé"),))
            raise OSError("the disk went away")

        with pytest.raises(OSError, match="went away"):
            load(empty_database, broken())
        after = Catalogue.load(empty_database)
        assert after.certifications == before.certifications
        assert after.fingerprint == before.fingerprint

    def test_progress_is_told_of_each_record(self, empty_database: Engine) -> None:
        ticks: list[int] = []
        with Session(empty_database) as session, session.begin():
            records: list[Certification | Refusal] = [certification("RNCP1"), certification("RNCP3")]
            records.insert(1, Refusal("f", "2", "title"))
            Loader(session, "rncp.xml", NOW).certifications(records, lambda: ticks.append(1))
        assert len(ticks) == 3


class TestBridgeToRome4:
    """Older job codes of certifications."""

    JOBS = (
        Job("A1101", "Conducteur", "A11", "A1101"),
        Job("A1102", "Débardeur", "A11", "A1101"),
        Job("H2913", "Soudeur", "H29", "H2901"),
    )

    @pytest.mark.parametrize(
        ("given", "bridged"),
        [
            (("H2913",), ("H2913",)),
            (("H2901",), ("H2913",)),
            (("A1101",), ("A1101", "A1102")),
            (("A1102", "H2901"), ("A1102", "H2913")),
            (("H2901", "Z9999"), ("H2913",)),
            (("Z9999",), ("Z9999",)),
            ((), ()),
        ],
    )
    def test_codes_become_those_of_today(
        self, empty_database: Engine, given: tuple[str, ...], bridged: tuple[str, ...]
    ) -> None:
        load_jobs(empty_database, *self.JOBS)
        load(empty_database, [certification(rome=given)])
        assert held(empty_database).rome == bridged

    def test_codes_loaded_before_the_jobs_are_bridged_when_the_jobs_come(self, empty_database: Engine) -> None:
        load(empty_database, [certification(rome=("H2901",))])
        assert held(empty_database).rome == ("H2901",)
        load_jobs(empty_database, *self.JOBS)
        assert held(empty_database).rome == ("H2913",)
        assert load(empty_database, [certification(rome=("H2901",))]).changed == 0
        assert held(empty_database).rome == ("H2913",)

    def test_a_record_that_did_not_change_is_checked_again(self, empty_database: Engine) -> None:
        load(empty_database, [certification()])
        later = Source(OFFICIAL.title, OFFICIAL.url, date(2026, 10, 1))
        assert load(empty_database, [certification(source=later)]).changed == 0
        assert held(empty_database).source == later


class TestWithTheStarter:
    """Our own records and the official ones, in one order or the other."""

    def test_official_facts_replace_ours_and_our_words_stay(self, empty_database: Engine, tmp_path: Path) -> None:
        start(empty_database, tmp_path, certifications=[STARTER])
        assert (held(empty_database).title, held(empty_database).level) == ("Soudage", 3)
        official = certification(rome=("H2902",), access=frozenset({"initial"}), certifiers=("Région",))
        load(empty_database, [official])
        record = held(empty_database)
        assert (record.title, record.type, record.level, record.source) == ("Soudeur", "TP", 4, OFFICIAL)
        assert (record.rome, record.access, record.certifiers) == (("H2902",), frozenset({"initial"}), ("Région",))
        assert (record.summary, record.keywords, record.acronyms) == ("On apprend à souder.", ("souder",), ("SOU",))

    @pytest.mark.parametrize("official_first", [False, True])
    def test_where_the_official_record_is_silent_what_we_know_stays(
        self, empty_database: Engine, tmp_path: Path, official_first: bool
    ) -> None:
        if official_first:
            load(empty_database, [certification()])
        start(empty_database, tmp_path, certifications=[STARTER])
        report = load(empty_database, [certification()])
        record = held(empty_database)
        assert record.title == "Soudeur"
        assert record.summary == "On apprend à souder."
        assert (record.rome, record.access, record.certifiers) == (("H2913",), frozenset({"vae"}), ("Ministère",))
        assert report.changed == (0 if official_first else 1)

    def test_new_words_reach_an_official_record_and_its_facts_stay(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        start(empty_database, tmp_path, certifications=[STARTER])
        load(empty_database, [certification()])
        before = Catalogue.load(empty_database).fingerprint
        assert start(empty_database, tmp_path, certifications=[STARTER | {"summary": "Souder.", "title": "Autre"}])
        assert (held(empty_database).title, held(empty_database).summary) == ("Soudeur", "Souder.")
        assert Catalogue.load(empty_database).fingerprint != before

    def test_the_same_starter_is_written_once(self, empty_database: Engine, tmp_path: Path) -> None:
        assert start(empty_database, tmp_path, certifications=[STARTER])
        assert not start(empty_database, tmp_path, certifications=[STARTER])

    def test_a_wrong_starter_record_is_named_and_nothing_is_written(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        with pytest.raises(StarterInvalid) as raised:
            start(empty_database, tmp_path, certifications=[STARTER, STARTER | {"code": "RNCP2", "level": 12}])
        assert {"file": "all.yml", "record": 2, "where": "level"}.items() <= raised.value.params.items()
        assert not Catalogue.load(empty_database).certifications


class TestJobs:
    """Of the ROME, with the names by which people call them."""

    WELDER = Job("H2913", "Soudeur / Soudeuse", "H29", "H2901", (JobTitle("Soudeur", "H2913"),))
    STARTER = {  # noqa: RUF012 - a record, read only
        "rome": "H2913",
        "label": "Soudage",
        "domain": "H29",
        "parent": "H2913",
        "titles": ["Soudeur à l'arc"],
        "colloquial": ["Souder", "Soudeur"],
    }

    def test_the_same_jobs_twice_change_nothing(self, empty_database: Engine) -> None:
        assert load_jobs(empty_database, self.WELDER).changed == 1
        assert Catalogue.load(empty_database).jobs == {"H2913": self.WELDER}
        assert load_jobs(empty_database, self.WELDER).changed == 0

    def test_official_titles_replace_official_ones_and_our_own_stay(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        start(empty_database, tmp_path, jobs=[self.STARTER])
        load_jobs(empty_database, self.WELDER)
        job = Catalogue.load(empty_database).jobs["H2913"]
        assert (job.label, job.parent) == ("Soudeur / Soudeuse", "H2901")
        assert {(title.label, title.colloquial) for title in job.titles} == {("Souder", True), ("Soudeur", True)}

    def test_a_title_that_is_ours_and_official_too_does_not_change_at_each_load(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        start(empty_database, tmp_path, jobs=[self.STARTER])
        load_jobs(empty_database, self.WELDER)
        assert load_jobs(empty_database, self.WELDER).changed == 0


class TestCommunes:
    """Of the INSEE."""

    CHALONS = Commune("51108", "Châlons-en-Champagne", ("51000",), "51", "44", 43_000, 48.95, 4.36)

    def test_the_same_communes_twice_change_nothing(self, empty_database: Engine) -> None:
        reims = Commune("51454", "Reims", (), "51", "44", 0)
        assert load_communes(empty_database, self.CHALONS, reims).changed == 2
        assert Catalogue.load(empty_database).communes == {"51108": self.CHALONS, "51454": reims}
        assert load_communes(empty_database, self.CHALONS, reims).changed == 0

    def test_official_figures_replace_those_of_the_starter_and_stay(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        header = "insee;name;postcodes;department;region;population;latitude;longitude"
        for population in ("1", "2"):
            line = f"51108;Châlons;51000 51520;51;44;{population};48.95;"
            (tmp_path / "communes.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
            start(empty_database, tmp_path)
            expected = Commune("51108", "Châlons", ("51000", "51520"), "51", "44", 1, 48.95, None)
            assert Catalogue.load(empty_database).communes == {"51108": expected if population == "1" else self.CHALONS}
            load_communes(empty_database, self.CHALONS)


class TestStarterChanges:
    """What changes in our files changes in the database, as far as it is ours."""

    def test_a_certification_that_is_no_longer_ours_goes(self, empty_database: Engine, tmp_path: Path) -> None:
        start(empty_database, tmp_path, certifications=[STARTER, STARTER | {"code": "RNCP2"}])
        start(empty_database, tmp_path, certifications=[STARTER])
        assert set(Catalogue.load(empty_database).certifications) == {"RNCP1"}

    def test_an_official_one_stays(self, empty_database: Engine, tmp_path: Path) -> None:
        start(empty_database, tmp_path, certifications=[STARTER])
        load(empty_database, [certification()])
        start(empty_database, tmp_path, certifications=[])
        assert set(Catalogue.load(empty_database).certifications) == {"RNCP1"}

    def test_the_town_of_a_hub_follows_our_file_and_what_its_team_wrote_stays(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        hub = {"id": "troyes", "town": "Troyes", "insee": "10387"}
        start(empty_database, tmp_path, hubs=[hub | {"insee": "00000"}])
        with Session(empty_database) as session, session.begin():
            session.get_one(HubRow, "troyes").phone = "03"
        start(empty_database, tmp_path, hubs=[hub])
        found = Catalogue.load(empty_database).hubs["troyes"]
        assert (found.insee, found.phone) == ("10387", "03")

    def test_jobs_know_what_they_need_and_where_they_lead(self, empty_database: Engine, tmp_path: Path) -> None:
        job = {"rome": "H2913", "label": "Soudeur", "domain": "H29", "parent": "H2913", "titles": ["Soudeur"]}
        needs = {"rome": "H2913", "skills": ["souder"], "near": ["H2902"], "further": ["H2914"], "riasec": "R"}
        (tmp_path / "skills").mkdir()
        (tmp_path / "skills" / "vocabulary.yml").write_text(yaml.safe_dump([{"id": "souder", "label": "Souder"}]))
        (tmp_path / "skills" / "h_x.yml").write_text(yaml.safe_dump([needs]))
        start(empty_database, tmp_path, jobs=[job])
        catalogue = Catalogue.load(empty_database)
        found = catalogue.jobs["H2913"]
        assert (found.key_skills, found.near, found.further, found.riasec) == (("souder",), ("H2902",), ("H2914",), "R")
        assert catalogue.skills["souder"].label == "Souder"

    def test_our_example_offers_are_marked_and_have_neither_date_nor_price(self, empty_database: Engine) -> None:
        with Session(empty_database) as session, session.begin():
            load_starter(session, NOW)
        offers = Catalogue.load(empty_database).offers.values()
        assert len(offers) >= 60
        assert all(offer.example and not offer.sessions and offer.price is None for offer in offers)
        assert {offer.provider for offer in offers} == {"Cnam Grand Est"}

    def test_a_broken_offer_of_ours_is_told_and_nothing_is_written(
        self, empty_database: Engine, tmp_path: Path
    ) -> None:
        (tmp_path / "offers").mkdir()
        (tmp_path / "offers" / "a.xml").write_text("<lheo><offres><formation numero='1'/></offres></lheo>")
        with pytest.raises(StarterInvalid) as error:
            start(empty_database, tmp_path, certifications=[STARTER])
        assert error.value.params["record"] == "1"
        assert not Catalogue.load(empty_database).certifications


def test_small_files_go_from_the_disk_to_the_catalogue(empty_database: Engine, tmp_path: Path) -> None:
    rome = rome_folder(tmp_path / "rome", [("H2913", "Soudeur / Soudeuse", "H2901")], [("Soudeur", "H2913")])
    xml = fiches(fiche("RNCP1", inside="<CODES_ROME><ROME><CODE>H2901</CODE></ROME></CODES_ROME>"), fiche("RS2", ""))
    with Session(empty_database) as session, session.begin():
        Loader(session, "rome", NOW).jobs(read_jobs(rome))
        report = Loader(session, "f", NOW).certifications(read_certifications(io.BytesIO(xml), "f", PUBLISHED))
        Loader(session, "communes", NOW).communes(read_communes(communes_file(tmp_path, commune())))
    catalogue = Catalogue.load(empty_database)
    assert catalogue.certifications["RNCP1"].rome == ("H2913",)
    assert catalogue.communes["51108"].name == "Châlons-en-Champagne"
    assert report.refusals == [Refusal("f", "RS2", "title")]


class TestRealFiles:
    """The open data beside this checkout."""

    def test_everything_is_taken_and_a_second_load_changes_nothing(self, empty_database: Engine) -> None:
        data = shared_data()
        with Session(empty_database) as session, session.begin():
            load_starter(session, NOW)
        first = self._load_all(empty_database, data)
        assert [report.kept for report in first[:3]] == [1_584, 22_507, 1_452]
        assert first[3].kept > 34_000
        assert [report.refusals for report in first] == [[], [], [], []]
        before = Catalogue.load(empty_database)
        assert sum(record.active for record in before.certifications.values()) > 6_000
        assert [report.changed for report in self._load_all(empty_database, data)] == [0, 0, 0, 0]
        assert Catalogue.load(empty_database).fingerprint == before.fingerprint

    @staticmethod
    def _load_all(database: Engine, data: Path) -> list[Report]:
        reports = []
        with Session(database) as session, session.begin():
            reports.append(Loader(session, "rome", NOW).jobs(read_jobs(data / "rome")))
        for name in ("export-fiches-rncp-v4-1.xml", "export-fiches-rs-v4-1.xml"):
            with (data / "rncp" / name).open("rb") as stream, Session(database) as session, session.begin():
                records = read_certifications(stream, name, PUBLISHED)
                reports.append(Loader(session, name, NOW).certifications(records))
        with Session(database) as session, session.begin():
            communes = read_communes(data / "communes" / "communes.json")
            reports.append(Loader(session, "communes.json", NOW).communes(communes))
        return reports
