"""Published figures: only outcomes of the tag, bounds apart, dates, sources that exist, repeats marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.measurement import published_figures, published_investment
from sim.measurement.published import CNY_PER_USD_2019, Figure
from sim.outcomes import COORDINATES
from sim.seeds import Table, parse_table, read_sidecar, read_table

ALL = [figure for tag in (*COORDINATES["definition"], "firms") for figure in published_figures(tag)]


def values(tag: str) -> dict[int, set[float]]:
    found: dict[int, set[float]] = {}
    for figure in published_figures(tag):
        if not figure.bound:
            found.setdefault(figure.year, set()).add(round(figure.value, 1))
    return found


def test_narrow_figures_are_those_of_the_official_family() -> None:
    assert values("narrow") == {2015: {11.2}, 2016: {14.2}, 2017: {21.7, 23.7}, 2018: {33.9}, 2019: {51.0}}


def test_caict_has_one_level_and_the_year_before_from_its_growth() -> None:
    assert values("caict") == {2019: {263.3}, 2020: {303.1}}
    (before,) = [figure for figure in published_figures("caict") if figure.year == 2019]
    assert before.derived == "303.1 bn CNY of 2020 over 1 + 15.1%"
    assert before.unit == "bn CNY"


def test_iresearch_has_one_figure() -> None:
    assert values("iresearch") == {2020: {185.8}}


def test_firm_counts_are_dated_by_the_quarter_they_were_taken_in() -> None:
    counts = [(figure.quarter, figure.end, figure.value, figure.unit) for figure in published_figures("firms")]
    assert counts == [("2018Q2", 2018.5, 1011.0, "count"), ("2020Q4", 2021.0, 1454.0, "count")]


def test_flows_cover_their_whole_year() -> None:
    (figure,) = published_figures("iresearch")
    assert (figure.quarter, figure.end) == ("", 2021.0)


def test_over_and_nearly_become_bounds() -> None:
    bounds = [(figure.year, figure.value, figure.bound) for figure in published_figures("narrow") if figure.bound]
    assert bounds == [(2019, 51.0, "lower"), (2021, 100.0, "lower")]
    assert not any("bound=" in figure.caveat for figure in ALL)


def test_figure_printed_again_is_marked() -> None:
    repeated = [(figure.measures, figure.year, figure.value, figure.bound) for figure in ALL if figure.repeats]
    assert repeated == [
        ("narrow", 2018, 33.9, ""),
        ("narrow", 2019, 51.0, "lower"),
        ("caict", 2020, 303.1, ""),
    ]


def test_forecasts_of_the_time_are_no_outcomes() -> None:
    assert all(figure.kind != "forecast" for figure in ALL)


@pytest.mark.parametrize("figure", [*ALL, *published_investment()], ids=str)
def test_figure_names_a_source_that_prints_it(figure: Figure) -> None:
    sources = read_table("sources").where(key=figure.source)
    assert sources.rows == 1
    subjects = ("scale of the AI industry", "growth of the AI industry", "number of AI firms", "AI financing")
    assert any(subject in sources["citation"][0] for subject in subjects)


@pytest.mark.parametrize("figure", [*ALL, *published_investment()], ids=str)
def test_figure_was_known_after_its_year(figure: Figure) -> None:
    assert figure.year <= figure.known_from <= figure.year + 5


def test_investment_stands_beside_with_conversion_and_caution() -> None:
    figures = published_investment()
    assert [(figure.year, figure.value) for figure in figures] == [
        (2017, 63.4),
        (2018, 131.1),
        (2019, 7.165 * CNY_PER_USD_2019),
        (2020, 89.62),
    ]
    assert {figure.unit for figure in figures} == {"bn CNY"}
    assert all(figure.caveat for figure in figures)
    assert [bool(figure.derived) for figure in figures] == [True, False, True, False]


def observed(folder: Path, *lines: str) -> Table:
    sidecar = read_sidecar("history/history")
    path = folder / "observed.csv"
    header = ",".join(column.name for column in sidecar.columns)
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return parse_table(path, sidecar)


def test_figures_can_come_from_a_user_s_table(tmp_path: Path) -> None:
    table = observed(
        tmp_path,
        "core_industry_scale,mine,Somebody,2018,40.5,bn RMB,estimate,2019,http://nowhere,bound=upper; nearly,"
        "outcome,narrow,2019",
        "core_industry_scale,mine,Somebody,2020,70,bn RMB,forecast,2019,http://nowhere,,rival forecast,narrow,2019",
        "core_industry_scale,mine,Somebody,2018,90,bn RMB,estimate,2019,http://nowhere,,outcome,caict,2019",
    )
    (figure,) = published_figures("narrow", table)
    assert (figure.value, figure.bound, figure.caveat, figure.source) == (40.5, "upper", "nearly", "")


def test_growth_without_a_level_gives_no_figure(tmp_path: Path) -> None:
    line = "core_industry_scale_growth,mine,Somebody,2018,20,percent,estimate,2019,http://nowhere,,outcome,caict,2019"
    assert published_figures("caict", observed(tmp_path, line)) == ()
