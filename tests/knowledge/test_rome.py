"""The ROME 4.0 files: jobs with their titles, lines refused by name."""

from pathlib import Path

import pytest

from knowledge.records import Interest, Job, JobTitle, Skill
from knowledge.sources.refusals import Refusal
from knowledge.sources.rome import RomeFilesMissing, read_interests, read_jobs, read_skills
from tests.knowledge.official import JOBS_FILE, TITLES_FILE, rome_folder

WELDER = ("H2913", "Soudeur / Soudeuse", "H2913")


def test_a_job_comes_with_its_titles_and_its_older_code(tmp_path: Path) -> None:
    folder = rome_folder(
        tmp_path,
        [("A1102", "Conducteur d'engins forestiers", "A1101")],
        [("Débardeur", "A1102"), (" Débusqueur ", "A1102"), ("Débardeur", "A1102"), ("Soudeur", "H2913")],
    )
    titles = (JobTitle("Débardeur", "A1102"), JobTitle("Débusqueur", "A1102"))
    assert list(read_jobs(folder)) == [Job("A1102", "Conducteur d'engins forestiers", "A11", "A1101", titles)]


def test_a_job_without_an_older_code_is_its_own(tmp_path: Path) -> None:
    (job,) = read_jobs(rome_folder(tmp_path, [("H2913", "Soudeur", "")]))
    assert isinstance(job, Job)
    assert job.parent == "H2913"


@pytest.mark.parametrize(
    ("broken", "value"),
    [
        (("Z9999", "Astronaute", "Z9999"), "Z9999 Astronaute"),
        (("H29١٣", "Soudeur", "H2913"), "H29١٣ Soudeur"),
        (("H2913", "", "H2913"), "H2913"),
        (("H2913", "Soudeur", "H2913 ou H2914"), "H2913 Soudeur"),
        (("H2913", "S" * 201, "H2913"), f"H2913 {'S' * 94}"),
        ((), ""),
        (("H2913",), "H2913"),
    ],
)
def test_a_broken_job_is_refused_with_its_line_and_the_others_are_kept(
    tmp_path: Path, broken: tuple[str, ...], value: str
) -> None:
    folder = rome_folder(
        tmp_path, [("A1101", "Conducteur", "A1101"), broken or ("", "", ""), ("H2902", "Tuyauteur", "H2902")]
    )
    first, refused, last = read_jobs(folder)
    assert [job.rome for job in (first, last) if isinstance(job, Job)] == ["A1101", "H2902"]
    assert isinstance(refused, Refusal)
    assert (refused.file, refused.record, refused.reason) == (JOBS_FILE, "3", "job")
    assert refused.value.strip() == value


@pytest.mark.parametrize("title", [("", "H2913"), ("S" * 201, "H2913"), ("Soudeur", ""), ("Soudeur",)])
def test_a_broken_title_is_refused_and_its_job_kept(tmp_path: Path, title: tuple[str, ...]) -> None:
    refused, job = read_jobs(rome_folder(tmp_path, [WELDER], [title]))
    assert isinstance(refused, Refusal)
    assert (refused.file, refused.record, refused.reason) == (TITLES_FILE, "2", "job_title")
    assert isinstance(job, Job)
    assert job.titles == ()


def test_a_label_in_another_encoding_is_refused_not_shown_with_holes(tmp_path: Path) -> None:
    folder = rome_folder(tmp_path, [WELDER], [("Métallier", "H2913")])
    file = folder / TITLES_FILE
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    refused, job = read_jobs(folder)
    assert isinstance(refused, Refusal)
    assert isinstance(job, Job)
    assert (refused.reason, job.titles) == ("job_title", ())


def test_a_quote_that_never_closes_does_not_stop_the_load(tmp_path: Path) -> None:
    folder = rome_folder(tmp_path, [WELDER])
    with (folder / TITLES_FILE).open("a", encoding="utf-8") as stream:
        stream.write('"Soudeur","H2913"\n"sans fin ' + "x" * 200_000)
    *refused, job = read_jobs(folder)
    assert {record.reason for record in refused if isinstance(record, Refusal)} == {"job_title"}
    assert isinstance(job, Job)
    assert job.titles == (JobTitle("Soudeur", "H2913"),)


def test_the_newest_version_in_the_folder_is_read(tmp_path: Path) -> None:
    folder = rome_folder(tmp_path, [WELDER])
    newer = (folder / JOBS_FILE).read_text(encoding="utf-8").replace("Soudeuse", "Soudeuse industrielle")
    (folder / JOBS_FILE.replace("460", "470")).write_text(newer, encoding="utf-8")
    (job,) = read_jobs(folder)
    assert isinstance(job, Job)
    assert job.label == "Soudeur / Soudeuse industrielle"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = rome_folder(tmp_path / "rome", [WELDER])
    (folder / TITLES_FILE).unlink()
    with pytest.raises(RomeFilesMissing) as raised:
        next(read_jobs(folder))
    assert raised.value.params == {"folder": "rome", "expected": "unix_referentiel_appellation_v*_utf8.csv"}


def test_a_file_without_its_columns_has_each_line_refused(tmp_path: Path) -> None:
    folder = rome_folder(tmp_path, [WELDER])
    (folder / JOBS_FILE).write_text('"code","libelle_rome"\n"H2913","Soudeur"\n', encoding="utf-8")
    assert list(read_jobs(folder)) == [Refusal(JOBS_FILE, "2", "job", " Soudeur")]


class TestDetails:
    """What the files beside the jobs say of them."""

    def test_skills_at_the_heart_come_first_the_principal_ones_before_the_emerging(self, tmp_path: Path) -> None:
        folder = rome_folder(tmp_path, [WELDER])
        write(
            folder, "unix_coherence_item", "code_rome,code_ogr,coeur_metier", "H2913,2,Émergente", "H2913,1,Principale"
        )
        write(
            folder,
            "unix_liens_rome_referentiels",
            "code_rome,code_compo_bloc,code_rubrique,code_ogr",
            *("H2913,5,1,3", "H2913,5,1,2", "H2913,5,1,1", "H2913,6,,9"),
        )
        (job,) = read_jobs(folder)
        assert isinstance(job, Job)
        assert (job.key_skills, job.other_skills) == (("1", "2"), ("3",))

    def test_mobility_follows_the_order_of_the_file(self, tmp_path: Path) -> None:
        folder = rome_folder(tmp_path, [WELDER])
        lines = [f"H2913,H290{n},{10 - n}" for n in range(1, 7)]
        write(folder, "unix_rubrique_mobilite", "code_rome,code_rome_cible,numero_ordre", *lines)
        (job,) = read_jobs(folder)
        assert isinstance(job, Job)
        assert (job.near, job.further) == (("H2906", "H2905", "H2904", "H2903"), ("H2902", "H2901"))

    def test_type_interests_sectors_and_definition(self, tmp_path: Path) -> None:
        folder = rome_folder(tmp_path, [WELDER])
        write(folder, "unix_referentiel_code_rome_riasec", "code_rome,riasec_majeur,riasec_mineur", "H2913,R,C")
        header = "code_centre_interet,libelle_centre_interet,code_ogr_rome,code_rome,libelle_rome,principal"
        write(folder, "unix_arborescence_centre_interet", header, "4,x,1,H2913,S,non", "7,y,1,H2913,S,oui")
        header = "code_sect_activite,libelle_ss_sect_activite,code_rome,principal"
        write(folder, "unix_arborescence_secteur_activite", header, "1,Métallurgie,H2913,oui")
        header = "code_rome,code_compo_bloc,libelle_type_texte,position_phrase,libelle_texte"
        write(folder, "unix_texte", header, "H2913,3,definition,1,Assemble l''acier", "H2913,4,acces_metier,1,CAP")
        (job,) = read_jobs(folder)
        assert isinstance(job, Job)
        assert (job.riasec, job.interests, job.sectors) == ("RC", ("7", "4"), ("Métallurgie",))
        assert job.definition == "Assemble l'acier"

    def test_skills_of_each_kind_and_broken_ones_refused(self, tmp_path: Path) -> None:
        header = "code_ogr,nature,libelle_competence,cat_comp"
        lines = ("1,Compétence,Souder,Savoir-faire", "2,Macro-compétence,Écouter,Savoir-être professionnel", "x,,Rien,")
        write(tmp_path, "unix_referentiel_competence", header, *lines)
        write(tmp_path, "unix_referentiel_savoir", "code_ogr_savoir,libelle_savoir", "3,Métallurgie")
        souder, ecouter, refused, metallurgie = read_skills(tmp_path)
        assert (souder, ecouter) == (Skill("1", "Souder", "know_how"), Skill("2", "Écouter", "behaviour"))
        assert metallurgie == Skill("3", "Métallurgie", "knowledge")
        assert isinstance(refused, Refusal)
        assert (refused.record, refused.reason) == ("4", "skill")

    def test_interests(self, tmp_path: Path) -> None:
        header = "code_centre_interet,libelle_centre_interet,definition_centre_interet"
        write(tmp_path, "unix_centre_interet", header, "1,Construire,Bâtir et rénover", ",Rien,")
        construire, refused = read_interests(tmp_path)
        assert construire == Interest("1", "Construire", "Bâtir et rénover")
        assert isinstance(refused, Refusal)
        assert refused.reason == "interest"


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / f"{name}_v460_utf8.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
