"""Figures of two results: differences run by run, cost by clause group, and what they say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import ResultError
from sim.plots import added, added_cost, beside, publish_pair
from sim.plots.publishing import PAIR_FIGURES
from sim.results import Result

RATES = np.linspace(0.5, 1.5, 12)


def title(drawn: Axes | Figure) -> str:
    """Return a title without its line breaks."""
    told = drawn.get_title(loc="left") if isinstance(drawn, Axes) else drawn.get_suptitle()
    return told.replace("\n", " ")


@pytest.fixture
def richer(result: Result) -> Result:
    """Return the result with 100 bn CNY more core scale a year on average and 40 bn CNY more spent on degree places."""
    series = result.series.copy(deep=True)
    rates = xr.DataArray(RATES, dims="run")
    series["core_scale"] = series["core_scale"] + 100.0 * rates
    series["public_outlay"] = series["public_outlay"] + 40.0
    series["ledger"].loc[{"lever": "degree_places", "ledger_account": "disbursed"}] += 40.0
    return replace(result, series=series)


def test_added_tells_the_mean_difference_and_its_range(richer: Result, result: Result) -> None:
    low, high = np.quantile(100.0 * RATES, (0.05, 0.95))
    name = result.scenario.name
    assert title(added(richer, result)) == (
        f"In 2030 {name} has 100 bn CNY more core scale than {name} "
        f"(caict; +{low:.1f} to +{high:.0f} in the middle 90% of runs)"
    )
    assert "100 bn CNY less core scale" in title(added(result, richer))


def test_added_draws_a_panel_for_every_definition_and_construction(richer: Result, result: Result) -> None:
    figure = added(richer, result)
    assert [ax.get_title(loc="left") for ax in figure.axes] == [
        "narrow", "caict", "iresearch", "enabled output", "value-added gain", "AI-weighted output",
    ]  # fmt: skip
    (line,) = [each for each in figure.axes[0].lines if each.get_gid() == "median"]
    np.testing.assert_allclose(line.get_ydata(), 100.0)


def test_added_cost_tells_what_an_added_yuan_cost(richer: Result, result: Result) -> None:
    told = title(added_cost(richer, result))
    assert "spends 600 bn CNY more than" in told
    assert "in 2016–2030: 0.40 yuan of outlay (" in told
    assert "for every added yuan of core scale (caict)" in told


def test_added_cost_tells_why_there_is_no_ratio(richer: Result, result: Result) -> None:
    assert title(added_cost(result, richer)).endswith("core scale (caict): loss, so no cost per added yuan")
    assert title(added_cost(result, result)).endswith("core scale (caict): no clear gain, so no cost per added yuan")


def test_added_cost_draws_the_difference_of_the_clause_group(richer: Result, result: Result) -> None:
    ax = added_cost(richer, result)
    names = [label.get_text() for label in ax.get_yticklabels()]
    widths = [bar.get_width() for bar in ax.patches][: len(names)]
    assert dict(zip(names, np.round(widths, 6), strict=True))["Research and talent (3.1)"] == 600.0
    assert sum(widths) == pytest.approx(600.0)


def test_beside_tells_how_many_runs_of_each_pass_the_last_target(richer: Result, result: Result) -> None:
    row = (result.targets["target"] == "core_scale") & (result.targets["definition"] == "caict")
    last = row & (result.targets["year"] == 2030)
    one, two = (
        replace(each, targets=each.targets.assign(probability=each.targets["probability"].where(~last, share)))
        for each, share in ((richer, 0.75), (result, 0.25))
    )
    told = title(beside(one, two))
    assert told.startswith("The 2030 target of 1,000 bn CNY is passed in 75% of the runs of")
    assert "and in 25% of those of" in told


def test_beside_draws_both_fans_on_one_axis(richer: Result, result: Result) -> None:
    figure = beside(richer, result)
    left, right = figure.axes
    assert left.get_ylim() == right.get_ylim()
    medians = [next(line for line in ax.lines if line.get_gid() == "median").get_ydata() for ax in (left, right)]
    assert (medians[0] > medians[1]).all()
    assert left.get_ylim()[1] >= max(medians[0])


def test_figures_of_results_with_other_seeds_are_refused(result: Result, make_result: Callable[..., Result]) -> None:
    stranger = make_result(seed=6)
    for draw in (added, added_cost, beside):
        with pytest.raises(ResultError, match="cannot be compared run by run"):
            draw(result, stranger)


def test_figures_of_results_without_a_whole_year_are_refused(make_result: Callable[..., Result]) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2016Q2"}})
    for draw in (added, added_cost, beside):
        with pytest.raises(ResultError, match="share no whole year"):
            draw(short, short)


def test_publish_pair_writes_every_figure_twice_and_the_same_again(
    richer: Result, result: Result, tmp_path: Path
) -> None:
    written = publish_pair(richer, result, tmp_path / "one")
    assert {path.name for path in written} == {f"{name}.{kind}" for name in PAIR_FIGURES for kind in ("png", "svg")}
    again = publish_pair(richer, result, tmp_path / "two")
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]


def test_pair_figures_are_methods_of_a_result(richer: Result, result: Result) -> None:
    assert title(richer.plot.added(result)) == title(added(richer, result))
