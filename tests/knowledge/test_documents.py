"""Official pages cut into passages; collective agreements and their OPCO."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.records import Agreement, Passage, Source
from knowledge.sources.agreements import AgreementColumnsMissing, agreement_source, read_agreements
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


DATED = Source("Table des conventions", "", date(2026, 2, 1))


def agreements(folder: Path, content: str) -> list[Agreement | Refusal]:
    file = folder / "idcc.csv"
    file.write_text(content, encoding="utf-8-sig")
    return list(read_agreements(file, DATED))


def test_agreements_with_their_opco_and_where_it_was_read(tmp_path: Path) -> None:
    kept, refused = agreements(
        tmp_path, "IDCC;Opérateur de compétences;Libellé;obs\n0016;OPCO Mobilité;Transports;\n17;;Sans OPCO;\n"
    )
    assert kept == Agreement("16", "16", "Transports", "OPCO Mobilité", DATED)
    assert isinstance(refused, Refusal)
    assert (refused.record, refused.reason) == ("3", "agreement")


def test_a_branch_without_a_number_is_kept_and_has_none(tmp_path: Path) -> None:
    first, second = agreements(
        tmp_path, "IDCC;Opérateur de compétences;Libellé\nN.A.;OPCO 2i;Métallurgie\nna;AKTO;Forêts\n"
    )
    assert isinstance(first, Agreement)
    assert isinstance(second, Agreement)
    assert (first.idcc, second.idcc) == (None, None)
    assert first.id != second.id


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(AgreementColumnsMissing) as error:
        agreements(tmp_path, "IDCC;OPCO\n16;x\n")
    assert error.value.params["expected"] == "Opérateur de compétences"


class TestWhereTheTableComesFrom:
    LOADED = date(2026, 11, 23)

    def test_the_date_given_comes_first(self, tmp_path: Path) -> None:
        file = tmp_path / "idcc.csv"
        file.write_text("IDCC", encoding="utf-8")
        assert agreement_source(file, date(2026, 2, 1), self.LOADED).checked_on == date(2026, 2, 1)

    def test_a_known_edition_is_recognised_by_its_content(self) -> None:
        source = agreement_source(shared_data() / "opco" / "referentielCodesIdccOpco.csv", None, self.LOADED)
        assert source.checked_on == date(2020, 8, 1)
        assert "août 2020" in source.title

    def test_of_any_other_file_only_the_day_of_loading_is_known_and_it_is_said(self, tmp_path: Path) -> None:
        file = tmp_path / "idcc.csv"
        file.write_text("IDCC", encoding="utf-8")
        source = agreement_source(file, None, self.LOADED)
        assert source.checked_on == self.LOADED
        assert "sans date de publication connue" in source.title
