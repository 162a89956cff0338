"""Fans: bands, titles, targets and published figures, on numbers a hand can check."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.errors import UserError
from sim.outcomes import OUTCOMES
from sim.plots import core_by_definition, fan
from sim.results import Result

PLAIN = [outcome.name for outcome in OUTCOMES.values() if not outcome.dims]


def line(ax: Axes, gid: str) -> Line2D:
    """Return the one line of an Axes that carries a name."""
    (found,) = [each for each in ax.lines if each.get_gid() == gid]
    return found


def title(ax: Axes) -> str:
    """Return a title without its line breaks."""
    return ax.get_title(loc="left").replace("\n", " ")


@pytest.fixture
def four(series: xr.Dataset) -> xr.Dataset:
    """Return four runs whose core scale under caict in the years of the targets is given by hand."""
    chosen = series.isel(run=slice(4)).copy(deep=True)
    for year, values in {2020: [100, 160, 200, 300], 2025: [500, 401, 9e3, 450], 2030: [900, 1000, 990, 1]}.items():
        chosen["core_scale"].loc[{"year": year, "definition": "caict"}] = np.array(values, dtype=float)
    return chosen


def test_fan_of_the_core_scale_tells_the_share_of_runs_above_each_target(four: xr.Dataset) -> None:
    ax = fan(four, "core_scale")
    told = "Core scale passes 150 bn CNY in 2020 in 75% of runs, 400 in 2025 in 100%, 1,000 in 2030 in 0% (caict)"
    assert title(ax) == told


def test_fan_of_another_definition_names_it_and_counts_its_own_runs(four: xr.Dataset) -> None:
    four["core_scale"].loc[{"definition": "narrow"}] = 149.0
    ax = fan(four, "core_scale", where={"definition": "narrow"})
    assert title(ax).startswith("Core scale passes 150 bn CNY in 2020 in 0% of runs")
    assert title(ax).endswith("(narrow)")


def test_fan_of_one_run_tells_its_values_beside_the_targets(four: xr.Dataset) -> None:
    ax = fan(four.isel(run=[1]), "core_scale")
    told = (
        "Core scale in this run, bn CNY: "
        "160 in 2020 (target 150), 401 in 2025 (target 400) and 1,000 in 2030 (target 1,000)"
    )
    assert title(ax) == f"{told} (caict)"


def test_fan_without_targets_tells_from_where_to_where_the_median_goes(series: xr.Dataset) -> None:
    series["rd_spending"][:] = np.linspace(10.0, 150.0, series.sizes["year"])
    ax = fan(series, "rd_spending")
    assert title(ax) == "R&D of AI firms: from 10.0 in 2016 to 150 bn CNY in 2030 (median)"


def test_fan_draws_the_median_and_the_percentiles_of_the_runs(result: Result) -> None:
    ax = fan(result, "firms")
    values = result.series["firms"].values
    np.testing.assert_array_equal(line(ax, "median").get_ydata(), np.median(values, axis=0))
    for gid, (low, high) in {"half": (0.25, 0.75), "most": (0.05, 0.95)}.items():
        (band,) = [each for each in ax.collections if each.get_gid() == gid]
        edges = band.get_paths()[0].vertices
        for year, column in zip(result.series["year"].values, values.T, strict=True):
            ends = edges[edges[:, 0] == year, 1]
            np.testing.assert_allclose([ends.min(), ends.max()], np.quantile(column, (low, high)), rtol=1e-12)


def test_fan_draws_the_targets_of_the_plan_at_year_and_value(result: Result) -> None:
    ax = fan(result, "core_scale")
    for year, above in {2020: 150.0, 2025: 400.0, 2030: 1000.0}.items():
        mark = line(ax, f"target-core_scale-{year}")
        assert (list(mark.get_xdata()), list(mark.get_ydata())) == ([year], [above])
    labels = [text.get_text() for text in ax.texts]
    assert {"2020: above 150", "2025: above 400", "2030: above 1,000"} <= set(labels)


def test_fan_of_a_result_draws_the_targets_of_its_scenario_instead(make_result: Callable[..., Result]) -> None:
    own = make_result(
        {"schema": 1, "extends": "plan", "targets": [{"indicator": "core_scale", "year": 2022, "above": 200}]}
    )
    ax = fan(own, "core_scale")
    marks = [each.get_gid() for each in ax.lines if str(each.get_gid()).startswith("target")]
    assert marks == ["target-core_scale-2022"]


def test_fan_leaves_out_targets_after_the_horizon(make_result: Callable[..., Result]) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2024Q4"}})
    ax = fan(short, "core_scale")
    assert title(ax).startswith("Core scale passes 150 bn CNY in 2020 in")
    assert "2025" not in title(ax)


def test_fan_of_caict_shows_its_published_figure_and_the_derived_one_apart(result: Result) -> None:
    ax = fan(result, "core_scale")
    printed, derived = line(ax, "published_value"), line(ax, "published_derived")
    assert (list(printed.get_xdata()), list(printed.get_ydata())) == ([2020.0], [303.1])
    assert list(derived.get_xdata()) == [2019.0]
    assert derived.get_ydata()[0] == pytest.approx(303.1 / 1.151)
    assert "published (CAICT)" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_fan_of_narrow_shows_no_figure_of_another_definition(result: Result) -> None:
    ax = fan(result, "core_scale", where={"definition": "narrow"})
    drawn = dict(zip(*(axis.tolist() for axis in line(ax, "published_value").get_data()), strict=True))
    assert drawn[2016.0] == 14.19
    assert max(drawn.values()) == 51.0
    assert line(ax, "published_lower").get_marker() == "^"


def test_fan_of_firms_puts_the_count_of_june_2018_half_a_year_before_the_end_of_2018(result: Result) -> None:
    ax = fan(result, "firms")
    assert list(line(ax, "published_value").get_data()[0]) == [2017.5, 2020.0]
    assert list(line(ax, "published_value").get_data()[1]) == [1011.0, 1454.0]


def test_fan_makes_room_for_published_figures_above_every_run(series: xr.Dataset) -> None:
    series["firms"][:] = 10.0
    ax = fan(series, "firms")
    assert ax.get_ylim()[1] > 1454.0


@pytest.mark.parametrize("name", PLAIN)
def test_fan_takes_unit_and_name_from_the_outcome_table(result: Result, name: str) -> None:
    ax = fan(result, name)
    outcome = OUTCOMES[name]
    assert ax.get_ylabel() == (f"{outcome.unit} a year" if outcome.kind == "flow" else outcome.unit)
    assert title(ax).startswith(outcome.long_name[0].upper() + outcome.long_name[1:])


def test_fan_draws_where_it_is_told(result: Result) -> None:
    ax = Figure().subplots()
    assert fan(result, "trust", ax=ax) is ax
    assert ax.figure.axes == [ax]


def test_fan_of_a_tier_names_it(result: Result) -> None:
    ax = fan(result, "talent", where={"tier": "senior"})
    assert title(ax).startswith("People by tier, with and without a post: Senior scientists: from")


def test_fan_of_an_outcome_with_an_open_dimension_asks_for_it(result: Result) -> None:
    with pytest.raises(UserError, match=r"talent is recorded by tier; choose one with where=\{'tier': \.\.\.\}"):
        fan(result, "talent")


def test_fan_of_an_unknown_outcome_names_the_nearest(result: Result) -> None:
    with pytest.raises(UserError, match=r"no outcome core_scal in this result\. Did you mean core_scale\?"):
        fan(result, "core_scal")


def test_fan_of_an_unknown_coordinate_names_the_known_ones(result: Result) -> None:
    with pytest.raises(UserError, match="core_scale: no definition broad. One of narrow, caict, iresearch"):
        fan(result, "core_scale", where={"definition": "broad"})


def test_fan_of_a_foreign_dimension_names_its_own(result: Result) -> None:
    with pytest.raises(UserError, match="firms has no dimension tier; it has run, year"):
        fan(result, "firms", where={"tier": "senior"})


def test_fan_by_quarter_is_refused(result: Result) -> None:
    with pytest.raises(UserError, match="q_firms is not an annual outcome"):
        fan(result, "q_firms")


def test_core_by_definition_compares_the_chance_of_the_first_target(four: xr.Dataset) -> None:
    four["core_scale"].loc[{"definition": "narrow"}] = 30.0
    four["core_scale"].loc[{"definition": "iresearch", "year": 2020}] = np.array([10.0, 20.0, 160.0, 170.0])
    figure = core_by_definition(four)
    told = figure.get_suptitle().replace("\n", " ")
    shares = {"narrow": "0%", "iresearch": "50%", "caict": "75%"}
    assert told.startswith("The 2020 target of 150 bn CNY is passed in ")
    for definition, share in shares.items():
        assert f"{share} of runs ({definition})" in told or f"{share} ({definition})" in told


def test_core_by_definition_gives_each_definition_a_panel_of_one_axis(result: Result) -> None:
    figure = core_by_definition(result)
    assert {ax.get_title(loc="left") for ax in figure.axes} == {"narrow", "caict", "iresearch"}
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    assert figure.axes[0].get_yscale() == "log"
    for ax in figure.axes:
        assert list(line(ax, "target-core_scale-2030").get_ydata()) == [1000.0]
