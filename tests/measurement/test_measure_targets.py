"""Targets judged on ten runs whose answers can be counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy.stats import binomtest

from sim.measurement import judge
from sim.measurement.targets import COLUMNS
from sim.outcomes import COORDINATES
from sim.scenario import Scenario, load

RUNS = 10
YEARS = [2016, 2017, 2018, 2019, 2020]
# Columns of targets.csv, as other people's checks read them.
INTERFACE = (
    "target year definition headline threshold unit probability prob_low prob_high prob_parameter_low "
    "prob_parameter_high median p05 p95 first_year_median runs"
)


def plan(**changes: Any) -> Scenario:
    return load("plan", overrides={"horizon.end": "2020Q4", **changes})


def scales(core: dict[str, list[float]] | None = None, related: float = 500.0) -> xr.Dataset:
    """Return both scales: core = the values of 2020 per definition, run by run, growing by 10 a year; else 100."""
    values = np.full((RUNS, len(YEARS), 3), 100.0)
    for name, of_2020 in (core or {}).items():
        values[:, :, COORDINATES["definition"].index(name)] = np.array(of_2020)[:, None] - 10.0 * np.arange(4, -1, -1)
    data = {
        "core_scale": (("run", "year", "definition"), values),
        "related_scale": (("run", "year", "construction"), np.full((RUNS, len(YEARS), 3), related)),
    }
    labels = {name: list(COORDINATES[name]) for name in ("definition", "construction")}
    return xr.Dataset(data, {"run": np.arange(RUNS), "year": YEARS, **labels})


def row(table: pd.DataFrame, target: str, definition: str) -> pd.Series:
    (found,) = table.index[(table["target"] == target) & (table["definition"] == definition)]
    return table.loc[found]


def test_judge_has_the_columns_of_the_interface() -> None:
    assert list(judge(scales(), plan()).columns) == INTERFACE.split()


def test_judge_has_one_row_per_target_and_definition() -> None:
    table = judge(scales(), plan())
    assert table[["target", "year", "definition", "threshold", "unit"]].values.tolist() == [
        ["core_scale", 2020, "narrow", 150.0, "bn CNY"],
        ["core_scale", 2020, "caict", 150.0, "bn CNY"],
        ["core_scale", 2020, "iresearch", 150.0, "bn CNY"],
        ["related_scale", 2020, "enabled_output", 1000.0, "bn CNY"],
        ["related_scale", 2020, "value_added_gain", 1000.0, "bn CNY"],
        ["related_scale", 2020, "ai_weighted_output", 1000.0, "bn CNY"],
    ]


@pytest.mark.parametrize("measurement", COORDINATES["definition"])
def test_judge_headlines_the_scenario_s_definition_and_the_middle_construction(measurement: str) -> None:
    table = judge(scales(), plan(measurement=measurement))
    assert table.loc[table["headline"], "definition"].tolist() == [measurement, "enabled_output"]


def test_judge_counts_runs_above_the_threshold() -> None:
    # 150 itself is not above 150: three of ten are.
    of_2020 = [100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 150.0, 151.0, 160.0, 170.0]
    found = row(judge(scales({"caict": of_2020}), plan()), "core_scale", "caict")
    assert found["probability"] == 0.3
    interval = binomtest(3, 10).proportion_ci(0.95, method="wilson")
    assert (found["prob_low"], found["prob_high"]) == pytest.approx((interval.low, interval.high))
    assert found["median"] == 145.0
    assert found["p05"] == pytest.approx(104.5)
    assert found["p95"] == pytest.approx(165.5)
    assert found["runs"] == RUNS


def test_judge_gives_the_first_year_in_which_the_median_is_above() -> None:
    # The median of 2020 is 175: 165 in 2019, 155 in 2018, 145 in 2017; the mean, 265, is above from 2016 on.
    of_2020 = [171.0, 172.0, 173.0, 174.0, 175.0, 175.0, 176.0, 177.0, 178.0, 1079.0]
    found = row(judge(scales({"narrow": of_2020}), plan()), "core_scale", "narrow")
    assert found["first_year_median"] == 2018


def test_judge_leaves_the_first_year_empty_where_the_median_never_is_above() -> None:
    table = judge(scales(), plan())
    assert table["first_year_median"].dtype == "Int64"
    assert table["first_year_median"].isna().all()


def test_judge_uses_the_scenario_s_own_targets() -> None:
    own = [{"indicator": "core_scale", "year": 2018, "above": 99.0}]
    table = judge(scales(), plan(targets=own))
    assert table["year"].tolist() == [2018, 2018, 2018]
    assert table["probability"].tolist() == [1.0, 1.0, 1.0]
    assert table["first_year_median"].tolist() == [2016, 2016, 2016]


def test_judge_without_targets_gives_an_empty_table_of_the_same_types() -> None:
    scenario = load("plan", overrides={"horizon.end": "2018Q4"})
    table = judge(scales(), scenario)
    assert len(table) == 0
    assert {name: str(kind) for name, kind in table.dtypes.items()} == {
        name: str(kind) for name, kind in judge(scales(), plan()).dtypes.items()
    }
    assert list(table.columns) == list(COLUMNS)


@pytest.mark.parametrize("uncertainty", ["prior", "none"])
def test_judge_without_a_posterior_leaves_the_parameter_interval_empty(uncertainty: str) -> None:
    parameters = np.rec.array([(float(run),) for run in range(RUNS)], dtype=[("gdp", "f8")])
    table = judge(scales(), plan(uncertainty=uncertainty), parameters)
    assert table[["prob_parameter_low", "prob_parameter_high"]].isna().all(axis=None)


def posterior_case(driven: bool) -> tuple[xr.Dataset, np.recarray]:
    """Return two hundred runs with a median of 150 bn CNY in 2020, driven by a parameter or by chance alone.

    Each of a hundred parameter sets serves two runs.
    """
    rng = np.random.default_rng(9)
    cause, chance = np.repeat(rng.normal(size=100), 2), rng.normal(size=200)
    values = 150.0 * np.exp(0.2 * cause + 0.05 * chance if driven else 0.2 * chance)
    shape = (200, len(YEARS), 3)
    data = {
        "core_scale": (("run", "year", "definition"), np.broadcast_to(values[:, None, None], shape)),
        "related_scale": (("run", "year", "construction"), np.full(shape, 500.0)),
    }
    labels = {name: list(COORDINATES[name]) for name in ("definition", "construction")}
    records = np.rec.fromarrays([cause, np.ones(200)], names=["driver", "constant"])
    return xr.Dataset(data, {"run": np.arange(200), "year": YEARS, **labels}), records


def test_judge_of_a_posterior_shows_how_far_parameters_move_the_probability() -> None:
    dataset, parameters = posterior_case(driven=True)
    found = row(judge(dataset, plan(uncertainty="posterior"), parameters), "core_scale", "caict")
    assert 0.4 < found["probability"] < 0.6
    assert found["prob_parameter_low"] < 0.01
    assert found["prob_parameter_high"] > 0.99


def test_judge_of_a_posterior_shows_chance_as_chance() -> None:
    dataset, parameters = posterior_case(driven=False)
    found = row(judge(dataset, plan(uncertainty="posterior"), parameters), "core_scale", "caict")
    assert 0.3 < found["prob_parameter_low"] <= found["prob_parameter_high"] < 0.7


def test_judge_of_a_posterior_without_repeated_sets_leaves_their_interval_empty() -> None:
    dataset, parameters = posterior_case(driven=True)
    parameters["constant"] = np.arange(200)
    table = judge(dataset, plan(uncertainty="posterior"), parameters)
    assert table["prob_parameter_low"].isna().all()


def test_judge_of_a_posterior_without_parameter_values_leaves_their_interval_empty() -> None:
    dataset, _ = posterior_case(driven=True)
    table = judge(dataset, plan(uncertainty="posterior"))
    assert table["prob_parameter_low"].isna().all()


def test_judge_refuses_a_dataset_without_the_year_of_the_target() -> None:
    dataset, scenario = scales().sel(year=[2016, 2017]), plan()
    with pytest.raises(KeyError, match="not all values found in index 'year'"):
        judge(dataset, scenario)
