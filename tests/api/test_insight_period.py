"""Periods of figures, whatever the day: whole, one after the other, as long before as now."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.insights.calendar import period_label
from api.insights.period import LONGEST, BadPeriod, By, Period, latest, period_of

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
UNITS = st.sampled_from(sorted(LONGEST))


@given(DAYS, UNITS, st.data())
def test_a_period_holds_its_days_and_touches_the_one_before(to: date, by: By, data: st.DataObject) -> None:
    from_ = data.draw(st.dates(to - timedelta(days=60), to))
    period = period_of(from_, to, to, by)
    assert period.start <= from_ <= to <= period.end
    before = period.previous
    assert before.end == period.start - timedelta(days=1)
    assert len(before.units) == len(period.units)
    assert period.units[0] == period.start
    assert period_of(period.start, period.end, to, by) == period
    assert "{" not in period_label(period)


@given(DAYS, UNITS)
def test_the_longest_may_be_asked_for_and_not_one_more(today: date, by: By) -> None:
    longest = latest(by, today)
    assert period_of(longest.start, longest.end, today, by) == longest
    with pytest.raises(BadPeriod):
        period_of(longest.start - timedelta(days=1), longest.end, today, by)


def test_a_period_is_called_as_people_say() -> None:
    assert period_label(Period(date(2026, 6, 1), date(2026, 6, 7), "week")) == "semaine du 1er juin 2026"
    assert period_label(Period(date(2025, 10, 1), date(2026, 3, 31), "quarter")) == (
        "4e trimestre 2025 à 1er trimestre 2026"
    )
    assert period_label(Period(date(2026, 1, 1), date(2026, 12, 31), "year")) == "2026"
