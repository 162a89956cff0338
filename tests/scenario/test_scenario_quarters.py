"""Dates as users write them."""

from __future__ import annotations

import pytest

from sim.scenario import Quarter
from sim.scenario.quarters import FIRST, LAST, SPAN, label


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [("2018", False, (2018, 1)), ("2018", True, (2018, 4)), ("2018Q3", False, (2018, 3)), ("2018Q3", True, (2018, 3))],
)
def test_quarter_parsed_is_first_or_last_of_the_year(text: str, last: bool, expected: tuple[int, int]) -> None:
    assert Quarter.parse(text, last=last) == Quarter(*expected)


@pytest.mark.parametrize("text", ["2018Q0", "2018Q5", "18", "2018q1", "2018-Q1", " 2018", "2018.0", "", "２０１８"])
def test_quarter_parsed_from_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        Quarter.parse(text)


def test_quarter_of_no_year_is_refused() -> None:
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        Quarter(2018, 5)


@pytest.mark.parametrize("position", [0, 1, 4, 59, 99])
def test_quarter_position_round_trip_is_identity(position: int) -> None:
    assert Quarter.at(position).position == position


def test_quarter_order_is_time() -> None:
    assert Quarter(2017, 4) < Quarter(2018, 1) < Quarter(2018, 2)


def test_quarter_span_covers_25_years() -> None:
    assert (str(FIRST), str(LAST), SPAN) == ("2016Q1", "2040Q4", 100)


def test_quarter_label_of_first_quarter_is_the_year() -> None:
    assert [label(Quarter(2018, 1)), label(Quarter(2018, 4)), str(Quarter(2018, 1))] == ["2018", "2018Q4", "2018Q1"]
