"""Figures of the goals in words: what they say, where dots and cells stand, on numbers a hand can check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from matplotlib.axes import Axes

from sim.errors import UserError
from sim.measurement import declared_goals
from sim.plan.names import FIELDS
from sim.plots import goals, parity, publishing
from sim.plots.shades import SHADES, ink_on
from sim.results import Result


def title(ax: Axes) -> str:
    """Return a title without its line breaks."""
    return ax.get_title(loc="left").replace("\n", " ")


def patches(ax: Axes) -> dict[str, tuple[float, ...]]:
    """Return the colours of the cells by their names."""
    return {str(each.get_gid()): each.get_facecolor() for each in ax.patches if each.get_gid()}


def dots(ax: Axes) -> dict[str, float]:
    """Return where the dots stand by their names."""
    return {str(line.get_gid()): float(line.get_xdata()[0]) for line in ax.lines if line.get_gid()}


@pytest.fixture
def half(series: xr.Dataset) -> xr.Dataset:
    """Return twelve runs with every field at 0.5; nine of them bring swarm intelligence to the frontier in 2030."""
    series["technology_parity"][:] = 0.5
    series["technology_parity"].loc[{"field": "swarm", "year": 2030, "run": range(9)}] = 1.0
    return series


def test_parity_tells_how_many_fields_lead_and_where_technology_stands(half: xr.Dataset) -> None:
    assert title(parity(half)) == (
        "In 2030 1 of 16 fields lead the world in most runs; "
        "technology as a whole stands at 0.53 of the world frontier (goal 1)"
    )
    half["technology_parity"][:] = 0.5
    assert title(parity(half)).startswith("In 2030 none of 16 fields leads the world in most runs;")


def test_parity_of_a_result_that_ends_in_2020_tells_of_keeping_step(make_result: Callable[..., Result]) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2020Q4"}}).series.copy(deep=True)
    short["technology_parity"][:] = 0.95
    assert title(parity(short)).startswith("In 2020 16 of 16 fields keep step with the world in most runs;")


def test_parity_puts_a_dot_at_the_median_of_every_field_and_year(half: xr.Dataset) -> None:
    places = dots(parity(half))
    assert len([name for name in places if name.startswith("parity")]) == (len(FIELDS) + 1) * 4
    assert (places["parity-swarm-2025"], places["parity-swarm-2030"], places["parity-all-2016"]) == (0.5, 1.0, 0.5)
    assert (places["level-0.9"], places["level-1"]) == (0.9, 1.0)


def test_parity_writes_the_percent_of_runs_at_the_threshold_of_the_year(half: xr.Dataset) -> None:
    ax = parity(half)
    cells = patches(ax)
    assert cells["met-swarm-2030"] == pytest.approx(SHADES(0.75))
    assert cells["met-quantum-2030"] == pytest.approx(SHADES(0.0))
    assert "met-all-2025" not in cells  # the plan's goal of that year is another
    assert [text.get_text() for text in ax.texts].count("75%") == 1


def test_parity_of_a_result_without_a_goal_year_is_refused(make_result: Callable[..., Result]) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2018Q4"}})
    with pytest.raises(UserError, match="no goal of the plan falls in 2016 to 2018: parity is not drawn"):
        parity(short)
    with pytest.raises(UserError, match="no goal of the plan falls in the years of this result"):
        goals(short)


def test_goals_tell_how_many_most_runs_reach_leaving_restated_policy_out(result: Result) -> None:
    table = result.goals.copy()
    table.loc[table["threshold"].notna(), "met"] = 0.2
    table.loc[table["goal"].isin(["senior_talent", "rules_in_force"]), "met"] = 0.9
    judged = {
        year: sum(goal.threshold(year) is not None for goal in declared_goals() if goal.rests_on != "policy") - 1
        for year in (2020, 2025, 2030)
    }  # less the goal that is told field by field
    ax = goals(replace(result, goals=table))
    assert title(ax) == (
        "Of the goals that the plan states in words, as measured here, most runs reach "
        f"1 of {judged[2020]} in 2020, 1 of {judged[2025]} in 2025 and 1 of {judged[2030]} in 2030"
    )


def test_goals_shade_cells_by_the_runs_that_reach_them(result: Result) -> None:
    table = result.goals.copy()
    row = (table["goal"] == "first_tier_firms") & (table["year"] == 2025)
    table.loc[row, ["median", "met"]] = (7.0, 0.25)
    ax = goals(replace(result, goals=table))
    assert patches(ax)["goal-first_tier_firms-2025"] == pytest.approx(SHADES(0.25))
    assert {"7 / 12", "25%"} <= {text.get_text() for text in ax.texts}
    unjudged = patches(ax)["goal-parity_overall-2025"]
    assert unjudged == pytest.approx((1.0, 1.0, 1.0, 1.0))


def test_goals_figures_say_that_thresholds_are_constructions(result: Result) -> None:
    for ax in (goals(result), parity(result)):
        notes = " ".join(text.get_text().replace("\n", " ") for text in ax.texts if text.get_gid() == "notes")
        assert "constructions of this project" in notes


def test_ink_on_dark_shades_is_white() -> None:
    light, dark = np.array(SHADES(0.7)[:3]).mean(), np.array(SHADES(0.8)[:3]).mean()
    assert dark < light
    assert (ink_on(0.7), ink_on(0.8)) == ("#1a1a1a", "white")


def test_publish_of_a_result_without_a_goal_year_leaves_the_goals_out(
    make_result: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        publishing, "FIGURES", {name: publishing.FIGURES[name] for name in ("goals", "parity", "firms")}
    )
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2018Q4"}})
    assert {path.stem for path in publishing.publish(short, tmp_path)} == {"firms"}
