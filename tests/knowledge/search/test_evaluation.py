from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.evaluation import BadJudgments, Judged, Run, measures, read_judgments, report


def test_measures_of_a_known_ranking() -> None:
    ndcg, mrr, recall, success = measures({"A": 3, "B": 2, "C": 1}, ["X", "B", "A", "B"])
    # gains 0 2 3 against the ideal 3 2 1
    assert ndcg == pytest.approx((2 / 1.58496 + 3 / 2) / (3 + 2 / 1.58496 + 1 / 2), abs=1e-4)
    assert (mrr, recall, success) == (0.5, 1.0, 1.0)


def test_success_asks_for_the_best_grade_there_is() -> None:
    assert measures({"A": 2, "B": 1}, ["B", "X", "Y", "A"])[3] == 0.0


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 3), min_size=1))
def test_the_ideal_order_scores_one(grades: dict[str, int]) -> None:
    ideal = sorted(grades, key=lambda code: -grades[code])
    ndcg, _, _, success = measures(grades, ideal)
    assert ndcg == pytest.approx(1.0)
    assert success == 1.0


def test_unanswerable_queries_stay_out_of_the_means() -> None:
    judged = [Judged("1", "pain", "job", {"A": 3}, job="D1102"), Judged("2", "météo", "none", {})]
    found = report(judged, [Run(["A"], job="D1102"), Run(["B"], confident=False)])
    assert found.overall.number == 1
    assert found.overall.values["nDCG@10"] == 1.0
    assert found.unanswerable.share == 1.0
    assert found.understood["job"].share == 1.0
    assert found.intervals["nDCG@10"] == (1.0, 1.0)


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text('{"id": "1", "query": "pain", "slice": "job", "judgments": {"A": 3}}\n\n{"id": "2"}\n')
    with pytest.raises(BadJudgments) as caught:
        read_judgments(file)
    assert caught.value.params["line"] == 3
    assert caught.value.params["file"] == "judged.jsonl"
