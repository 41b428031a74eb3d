"""Compressed files: read as if they were not, and bombs cut off."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from knowledge.records import Certification
from knowledge.sources.opening import opened
from knowledge.sources.refusals import Refusal
from knowledge.sources.rncp import read_certifications
from tests.knowledge.official import PUBLISHED, fiche, fiches

TWO = fiches(fiche("RNCP1"), fiche("RNCP2"))


def read(file: Path) -> list[Certification | Refusal]:
    with opened(file, ".xml") as streams:
        return [record for name, stream, _ in streams for record in read_certifications(stream, name, PUBLISHED)]


def codes(found: list[Certification | Refusal]) -> list[str]:
    return [record.code for record in found if isinstance(record, Certification)]


def zipped(file: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_xml", ".xml").replace("_txt", ".txt"), content)
    return file


def test_a_plain_file_a_gzip_and_a_zip_say_the_same(tmp_path: Path) -> None:
    plain = tmp_path / "a.xml"
    plain.write_bytes(TWO)
    packed = tmp_path / "a.xml.gz"
    packed.write_bytes(gzip.compress(TWO))
    archive = zipped(tmp_path / "a.zip", a_xml=TWO)
    assert codes(read(plain)) == codes(read(packed)) == codes(read(archive)) == ["RNCP1", "RNCP2"]


def test_each_xml_member_of_a_zip_is_read_and_the_others_are_not(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", a_xml=TWO, readme_txt=b"lisez-moi", b_xml=fiches(fiche("RNCP3"), fiche("x")))
    found = read(archive)
    assert codes(found) == ["RNCP1", "RNCP2", "RNCP3"]
    assert [(r.file, r.record) for r in found if isinstance(r, Refusal)] == [("a.zip/b.xml", "x")]


@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_a_bomb_is_cut_off_and_what_came_before_is_kept(tmp_path: Path, suffix: str) -> None:
    bomb = TWO.replace(b"</FICHES>", b"<FICHE><OBJECTIFS_CONTEXTE>") + b" " * 120_000_000
    file = tmp_path / f"a.{suffix}"
    if suffix == "gz":
        file.write_bytes(gzip.compress(bomb))
    else:
        zipped(file, a_xml=bomb)
    found = read(file)
    assert codes(found) == ["RNCP1", "RNCP2"]
    (refused,) = (record for record in found if isinstance(record, Refusal))
    assert refused.reason in {"unfolds_too_much", "broken_xml"}


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_gzip_cut_in_the_middle_is_told(tmp_path: Path, kept: float) -> None:
    whole = gzip.compress(fiches(*(fiche(f"RNCP{n}", f"Soudeur {n * n * 7919}") for n in range(1, 3000))))
    file = tmp_path / "a.xml.gz"
    file.write_bytes(whole[: int(len(whole) * kept)])
    found = read(file)
    assert codes(found)[:1] == ["RNCP1"]
    assert isinstance(found[-1], Refusal)
    assert found[-1].reason == "broken_archive"


def test_a_zip_without_what_is_expected_has_nothing_to_read(tmp_path: Path) -> None:
    assert read(zipped(tmp_path / "a.zip", readme_txt=b"rien")) == []


def test_an_empty_file_is_no_xml(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(b"")
    (refused,) = read(file)
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken_xml"


def test_a_text_of_ten_megabytes_breaks_the_file_off_there() -> None:
    content = fiches(fiche("RNCP1"), fiche("RNCP2", "S" * 10_500_000), fiche("RNCP3"))
    found = list(read_certifications(io.BytesIO(content), "a.xml", PUBLISHED))
    assert codes(found) == ["RNCP1"]
    assert isinstance(found[-1], Refusal)
