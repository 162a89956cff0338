"""Dates of lever paths."""

from __future__ import annotations

import pytest

from sim.plan.dates import quarter_label, quarter_points


@pytest.mark.parametrize(("date", "label"), [(2018, "2018Q1"), ("2018", "2018Q1"), ("2017Q3", "2017Q3")])
def test_date_becomes_its_first_quarter(date: object, label: str) -> None:
    assert quarter_label(date) == label


@pytest.mark.parametrize("date", ["2017Q5", "2017Q", "17", "2017-03", "2017q3", 20180, None])
def test_date_of_another_form_is_refused(date: object) -> None:
    with pytest.raises(ValueError, match="neither a year"):
        quarter_label(date)


def test_points_are_ordered_by_time() -> None:
    assert list(quarter_points({"2018Q4": 3, 2016: 1, 2018: 2})) == ["2016Q1", "2018Q1", "2018Q4"]


def test_points_on_one_quarter_are_refused() -> None:
    with pytest.raises(ValueError, match="two dates fall in one quarter"):
        quarter_points({2018: 1, "2018Q1": 2})
