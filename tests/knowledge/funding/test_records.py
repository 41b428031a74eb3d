"""Our records and situations; records of another form are refused by file and line."""

from pathlib import Path

import pytest

from knowledge.funding import Funding
from knowledge.funding.coverage import coverage
from knowledge.funding.evaluation import CaseInvalid, read_cases, score
from knowledge.funding.explaining import explained
from knowledge.funding.freshness import to_check
from knowledge.funding.loading import FundingRecordInvalid, own_records, read_records
from tests.api.conftest import TODAY

CASES = Path(__file__).with_name("cases.jsonl")

SOURCES = """page:
  title: Une page
  url: https://example.org/
  checked_on: 2026-03-01
  how: official_page
"""
VALUES = """fee:
  label: Participation
  unit: "€"
  values:
    - {since: 2025-01-01, until: 2025-12-31, amount: 100, source: page}
    - {since: 2026-01-01, amount: 150, source: page}
"""
SCHEME = """id: aid
name: Une aide
for: [employee]
order: 1
summary: Une aide.
criteria:
  - {field: age, at_least: 18, reason: "18 ans."}
values: [fee]
sources: [page]
"""


def write(folder: Path, sources: str = SOURCES, values: str = VALUES, scheme: str = SCHEME) -> Path:
    (folder / "schemes").mkdir()
    (folder / "sources.yml").write_text(sources, encoding="utf-8")
    (folder / "values.yml").write_text(values, encoding="utf-8")
    (folder / "schemes" / "aid.yml").write_text(scheme, encoding="utf-8")
    return folder


def test_a_well_formed_folder_is_read(tmp_path: Path) -> None:
    assert set(read_records(write(tmp_path)).schemes) == {"aid"}


@pytest.mark.parametrize(
    ("broken", "file", "line", "where"),
    [
        ({"scheme": SCHEME.replace("order: 1", "order: premier")}, "aid.yml", 4, "order"),
        ({"scheme": SCHEME + "couleur: bleu\n"}, "aid.yml", 10, "couleur"),
        ({"scheme": SCHEME.replace("sources: [page]", "sources: []")}, "aid.yml", 9, "sources"),
        ({"scheme": SCHEME.replace("sources: [page]", "sources: [rumeur]")}, "aid.yml", 9, "sources"),
        ({"scheme": SCHEME.replace("values: [fee]", "values: [prix]")}, "aid.yml", 8, "values"),
        ({"scheme": SCHEME.replace("id: aid", "id: other")}, "aid.yml", 1, "id"),
        ({"scheme": SCHEME.replace("[employee]", "[martien]")}, "aid.yml", 3, "for.0"),
        ({"scheme": SCHEME.replace("at_least: 18, ", "")}, "aid.yml", 7, "criteria.0"),
        ({"scheme": SCHEME + "excludes: [nobody]\n"}, "aid.yml", 10, "excludes"),
        ({"scheme": SCHEME.replace("summary: Une aide.", "summary: [")}, "aid.yml", 7, ""),
        ({"values": VALUES.replace("since: 2026-01-01", "since: 2025-06-01")}, "values.yml", 1, ""),
        ({"values": VALUES.replace("amount: 150, source: page", "amount: 150")}, "values.yml", 6, "values.1.source"),
        ({"values": VALUES.replace("until: 2025-12-31", "until: 2024-12-31")}, "values.yml", 5, "values.0"),
        ({"values": VALUES.replace("150, source: page", "150, source: ailleurs")}, "values.yml", 1, "fee.source"),
        ({"sources": SOURCES.replace("https", "http")}, "sources.yml", 3, "url"),
        ({"sources": SOURCES.replace("2026-03-01", "hier")}, "sources.yml", 4, "checked_on"),
        ({"sources": "- liste\n"}, "sources.yml", 1, ""),
    ],
)
def test_a_malformed_record_is_refused_by_file_and_line(
    tmp_path: Path, broken: dict[str, str], file: str, line: int, where: str
) -> None:
    with pytest.raises(FundingRecordInvalid) as error:
        read_records(write(tmp_path, **broken))
    params = error.value.params
    assert (params["file"], params["line"]) == (file, line)
    assert params["where"] == where
    assert params["expected"]


def test_our_situations_give_what_we_expect() -> None:
    result = score(read_cases(CASES), Funding.load())
    assert [(case.id, [(d.what, d.got) for d in bad]) for case, bad in result.differences] == []
    assert result.cases >= 75


def test_each_criterion_and_each_dated_value_is_exercised() -> None:
    assert coverage(read_cases(CASES), Funding.load()).missing == ()


def test_a_case_of_another_form_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(CASES.read_text("utf-8").splitlines()[0] + "\n{}\n", encoding="utf-8")
    with pytest.raises(CaseInvalid) as error:
        read_cases(file)
    assert error.value.params["line"] == 2


def test_each_record_reads_well() -> None:
    funding = Funding.load()
    for scheme in funding.records.schemes.values():
        lines = list(explained(funding.records, scheme, TODAY))
        assert not [line for line in lines if "{" in line or "}" in line], scheme.id
        assert any("vérifié le" in line for line in lines), scheme.id


def test_what_should_be_read_again_is_told() -> None:
    found = list(to_check(own_records(), TODAY))
    assert {one.what for one in found} == {"old", "confirm", "ends"}
    assert any(one.name == "apprentice_disability_aid" for one in found if one.what == "ends")
    assert all("{" not in one.said for one in found)
