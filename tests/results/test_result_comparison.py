"""Two results compared: paired differences by hand, targets side by side, no pairs without a common seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from sim.errors import ResultError
from sim.results import Result, compare

Make = Callable[..., Result]


def test_comparison_has_one_row_per_scale_year_and_definition(result: Result, other: Result) -> None:
    table = compare(other, result).differences
    assert len(table) == 2 * 5 * 3
    assert set(table["outcome"]) == {"core_scale", "related_scale"}
    assert set(table["unit"]) == {"bn CNY"}


def test_comparison_is_paired_run_by_run(result: Result, other: Result) -> None:
    table = compare(other, result).differences
    (row,) = table.query("outcome == 'core_scale' and year == 2019 and definition == 'narrow'").to_dict("records")
    place = {"year": 2019, "definition": "narrow"}
    a, b = (each.series["core_scale"].sel(place).values for each in (other, result))
    assert row["mean_a"] - row["mean_b"] == pytest.approx(row["mean"])
    assert row["mean"] == pytest.approx(np.mean(a - b))
    assert row["median"] == pytest.approx(np.median(a - b))
    assert (row["p05"], row["p95"]) == pytest.approx(tuple(np.quantile(a - b, (0.05, 0.95))))
    assert row["error_paired"] == pytest.approx(stats.sem(a - b))
    assert row["error_unpaired"] == pytest.approx(np.sqrt(stats.sem(a) ** 2 + stats.sem(b) ** 2))
    assert row["error_paired"] < row["error_unpaired"]


def test_comparison_with_itself_is_zero(result: Result) -> None:
    table = compare(result, result).differences
    assert (table[["mean", "median", "p05", "p95", "error_paired"]] == 0.0).all(axis=None)
    assert (table["error_unpaired"] > 0.0).all()


def test_comparison_puts_targets_side_by_side(result: Result, other: Result) -> None:
    table = compare(other, result).targets
    assert table["definition"].tolist() == [
        "narrow", "caict", "iresearch", "enabled_output", "value_added_gain", "ai_weighted_output",
    ]  # fmt: skip
    assert table["probability_a"].tolist() == other.targets["probability"].tolist()
    assert table["probability_b"].tolist() == result.targets["probability"].tolist()
    assert (table["difference"] == table["probability_a"] - table["probability_b"]).all()


def test_comparison_of_probabilities_has_a_paired_error(result: Result) -> None:
    # Thresholds of 0 and of the median: all runs against half of them, run by run.
    median = float(result.series["core_scale"].sel(year=2020, definition="caict").median())
    low, high = (
        replace(result, targets=result.targets.assign(threshold=median, probability=value)) for value in (1.0, 0.5)
    )
    raised = replace(low, series=low.series.assign(core_scale=low.series["core_scale"] + 2.0 * median))
    (row,) = compare(raised, high).targets.query("definition == 'caict'").to_dict("records")
    assert row["error_paired"] == pytest.approx(stats.sem([1.0, 0.0, 1.0, 0.0, 1.0, 0.0]))


def test_comparison_keeps_targets_that_only_one_has(make_result: Make, result: Result) -> None:
    own = make_result(
        {
            "schema": 1,
            "extends": "plan",
            "horizon": {"end": "2020Q4"},
            "targets": [{"indicator": "core_scale", "year": 2018, "above": 80}],
        }
    )
    table = compare(own, result).targets
    assert table["year"].tolist() == [2018] * 3 + [2020] * 6
    assert table["probability_a"].isna().tolist() == [False] * 3 + [True] * 6
    assert table["probability_b"].isna().tolist() == [True] * 3 + [False] * 6
    assert table["difference"].isna().all()


def test_comparison_covers_the_years_that_both_have(make_result: Make, result: Result) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2018Q4"}})
    assert sorted(set(compare(short, result).differences["year"])) == [2016, 2017, 2018]


def test_comparison_of_other_seeds_is_refused(make_result: Make, result: Result) -> None:
    stranger = make_result(seed=8)
    with pytest.raises(ResultError, match="cannot be compared run by run: seed 8 and 7"):
        compare(stranger, result)


def test_comparison_of_other_run_counts_is_refused(make_result: Make, result: Result) -> None:
    longer = make_result(replications=7)
    with pytest.raises(ResultError, match="replications 7 and 6"):
        compare(longer, result)


def test_comparison_of_one_run_has_no_error(make_result: Make) -> None:
    single = make_result(replications=1)
    table = compare(single, single).differences
    assert table[["error_paired", "error_unpaired"]].isna().all(axis=None)


def test_comparison_warns_of_what_else_differs(result: Result, newer: Result, make_result: Make) -> None:
    assert compare(result, result).cautions == ()
    assert compare(result, newer).cautions == ("the two have different versions of the model",)
    fixed = make_result(parameters={"half_benefit": 7.0})
    assert compare(fixed, result).cautions == ("the two have different fixed parameters",)


def test_comparison_shows_itself_in_one_line(result: Result, other: Result) -> None:
    assert repr(compare(other, result)) == "Comparison(custom - custom: 30 differences)"
