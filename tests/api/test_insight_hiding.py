"""Small numbers cannot be read, nor worked out."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from api.insights.hiding import THRESHOLD, Shown, readable, shown, shown_within

TABLES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))


def as_read(counts: Mapping[str, int]) -> tuple[dict[str, int], int, int | None]:
    found = shown(counts)
    return dict(found.cells), found.rest, found.total


@given(TABLES)
def test_no_number_that_is_read_is_about_fewer_than_the_threshold(counts: dict[str, int]) -> None:
    cells, rest, total = as_read(counts)
    assert all(n >= THRESHOLD and n == counts[code] for code, n in cells.items())
    assert rest == 0 or rest >= THRESHOLD
    assert total is None or total >= THRESHOLD


@given(TABLES)
def test_lines_and_rest_make_the_total(counts: dict[str, int]) -> None:
    cells, rest, total = as_read(counts)
    assert sum(cells.values()) + rest == (total or 0)
    assert (total is None) == (sum(counts.values()) < THRESHOLD)


@given(TABLES)
def test_a_hidden_line_cannot_be_worked_out_of_what_is_read(counts: dict[str, int]) -> None:
    """For each hidden line, other counts under which it is another number are read just the same."""
    read = as_read(counts)
    hidden = [code for code, n in counts.items() if n and code not in read[0]]
    for code in hidden:
        others = [other for other in (*"abcdefghz",) if other != code and other not in read[0]]
        assert any(as_read(moved(counts, code, other, step)) == read for other in others for step in range(-12, 13))


def moved(counts: Mapping[str, int], code: str, other: str, step: int) -> dict[str, int]:
    """Counts with another number for `code` and the same sum; the counts of one alone where that cannot be."""
    found = {**counts, code: counts[code] - step, other: counts.get(other, 0) + step}
    return found if step and min(found.values()) >= 0 else {"alone": THRESHOLD - 1}


@given(TABLES, st.lists(st.sampled_from("xyz"), min_size=8, max_size=8))
def test_the_rest_of_a_group_cannot_be_worked_out_of_the_group(counts: dict[str, int], groups: list[str]) -> None:
    group_of = dict(zip("abcdefgh", groups, strict=True))
    by_group: dict[str, int] = {}
    for code, n in counts.items():
        by_group[group_of[code]] = by_group.get(group_of[code], 0) + n
    around = shown(by_group)
    found = shown_within(counts, group_of, around)
    for group, total in around.cells.items():
        left = total - sum(n for code, n in found.cells.items() if group_of[code] == group)
        assert left == 0 or left >= THRESHOLD
    assert found.rest == 0 or found.rest >= THRESHOLD
    assert (found.total or 0) == (around.total or 0)


def test_the_smallest_line_shown_joins_one_that_would_stand_alone() -> None:
    assert shown({"a": 20, "b": 8, "c": 3}) == Shown({"a": 20}, 11, 31)
    assert shown({"a": 20, "b": 3}) == Shown({}, 23, 23)
    assert shown({"a": 20, "b": 2, "c": 3}) == Shown({"a": 20}, 5, 25)
    assert shown({"a": 3}) == Shown()


def test_a_number_alone() -> None:
    assert [readable(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]
