"""Official pages cut into passages; collective agreements and their OPCO."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.records import Agreement, Passage
from knowledge.sources.agreements import AgreementColumnsMissing, read_agreements
from knowledge.sources.pages import read_passages
from knowledge.sources.refusals import Refusal
from tests.shared_data import shared_data

LONG = "Une phrase assez longue pour compter dans la longueur du passage. " * 3


def page(**changes: object) -> dict[str, object]:
    section = {"title": "Qui est concerné ?", "anchor": "qui", "html": f"<p>{LONG}</p>"}
    facts = {
        "pubId": "article1",
        "title": "Le CPF",
        "url": "https://travail-emploi.gouv.fr/le-cpf",
        "date": "03/03/2026",
        "sections": [section],
    }
    return facts | changes


def read(*pages: object, cut: int | None = None) -> list[Passage | Refusal]:
    return list(read_passages(io.BytesIO(json.dumps(pages).encode()[:cut]), "pages.json"))


def test_a_passage_can_be_cited_with_its_address_and_its_day() -> None:
    (passage,) = read(page())
    assert isinstance(passage, Passage)
    assert (passage.page, passage.section) == ("Le CPF", "Qui est concerné ?")
    assert passage.source.url == "https://travail-emploi.gouv.fr/le-cpf#qui"
    assert passage.source.checked_on == date(2026, 3, 3)
    assert passage.text == " ".join(LONG.split())


def test_a_long_section_is_cut_between_paragraphs_and_nothing_is_lost() -> None:
    paragraphs = [f"Paragraphe {n}. {LONG}" for n in range(20)]
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    found = read(page(sections=[{"title": "t", "anchor": "", "html": html}]))
    passages = [passage for passage in found if isinstance(passage, Passage)]
    assert len({passage.id for passage in passages}) == len(passages) > 1
    assert all(len(passage.text) <= 1_500 for passage in passages)
    assert " ".join(passage.text for passage in passages).split() == " ".join(paragraphs).split()


@pytest.mark.parametrize(
    "changes", [{"date": "2026-03-03"}, {"url": "https://example.org/x"}, {"sections": None}, {"title": 3}]
)
def test_a_broken_page_is_refused_and_the_others_are_kept(changes: dict[str, object]) -> None:
    refused, kept = read(page(**changes), page(pubId="article2"))
    assert isinstance(refused, Refusal)
    assert refused.reason == "page"
    assert isinstance(kept, Passage)


def test_a_file_cut_in_the_middle_keeps_the_pages_before() -> None:
    *kept, refused = read(page(), page(pubId="article2"), cut=-200)
    assert kept
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken_json"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff\xfe", b"oui"])
def test_what_is_no_list_of_pages_is_refused(content: bytes) -> None:
    (refused,) = read_passages(io.BytesIO(content), "x.json")
    assert isinstance(refused, Refusal)


def test_the_official_pages_are_read_whole() -> None:
    with (shared_data() / "texts" / "fiches-travail.json").open("rb") as stream:
        found = list(read_passages(stream, "fiches-travail.json"))
    assert len(found) > 1_000
    assert not [one for one in found if isinstance(one, Refusal)]
    assert len({one.id for one in found if isinstance(one, Passage)}) == len(found)


def agreements(folder: Path, content: str) -> list[Agreement | Refusal]:
    file = folder / "idcc.csv"
    file.write_text(content, encoding="utf-8-sig")
    return list(read_agreements(file))


def test_agreements_with_their_opco(tmp_path: Path) -> None:
    kept, refused = agreements(
        tmp_path, "IDCC;Opérateur de compétences;Libellé;obs\n0016;OPCO Mobilité;Transports;\nna;OPCO 2i;x;\n"
    )
    assert kept == Agreement("16", "Transports", "OPCO Mobilité")
    assert isinstance(refused, Refusal)
    assert (refused.record, refused.reason) == ("3", "agreement")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(AgreementColumnsMissing) as error:
        agreements(tmp_path, "IDCC;OPCO\n16;x\n")
    assert error.value.params["expected"] == "Opérateur de compétences"
