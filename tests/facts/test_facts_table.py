"""The table of facts: every statistic judged, labelled and explained, in two languages; misses told, not mended."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim.errors import UserError
from sim.facts import Facts, find_facts, table
from sim.facts.reasons import LABELS, REASONS_EN
from sim.facts.reasons_zh import REASONS_ZH
from sim.facts.table import ABSENT, INSIDE, OUTSIDE
from sim.scenario import load
from sim.seeds import read_table

SEED = read_table("facts/facts")
STATISTICS = SEED["statistic"].tolist()


def judged(values: dict[str, list[float]]) -> Facts:
    """Return facts of statistics made up."""
    return Facts(table._judged(values), {}, "plan", 3, 1, "d" * 64)


def test_seed_holds_the_twenty_facts_in_order() -> None:
    assert list(dict.fromkeys(SEED["fact"].tolist())) == [f"SF{number}" for number in range(1, 21)]


def test_seed_ranges_have_an_end_and_are_in_order() -> None:
    low, high = SEED["low"], SEED["high"]
    assert not (np.isnan(low) & np.isnan(high)).any()
    assert (low[~np.isnan(high) & ~np.isnan(low)] < high[~np.isnan(high) & ~np.isnan(low)]).all()


def test_every_statistic_has_sentences_in_both_languages() -> None:
    assert set(REASONS_EN) == set(REASONS_ZH) == set(STATISTICS)
    for words in (REASONS_EN, REASONS_ZH):
        for place, name in enumerate(STATISTICS):
            reason = words[name]
            assert reason.absent or reason.why, name
            if not reason.absent:
                assert bool(reason.low) == (not math.isnan(SEED["low"][place])), name
                assert bool(reason.high) == (not math.isnan(SEED["high"][place])), name


def test_every_statistic_that_the_model_holds_has_a_label_and_only_these() -> None:
    assert set(LABELS) <= set(STATISTICS)
    without = {name for name in STATISTICS if name not in LABELS}
    assert without == {"narrow_2015", "top_cities", "application_layer", "robots_2016", "robots_2020", "robots_2021"}
    assert all(REASONS_EN[name].absent for name in without)


def test_fitted_are_the_figures_that_the_first_fit_weighed() -> None:
    assert {SEED["fact"][STATISTICS.index(name)] for name, label in LABELS.items() if label == "fitted"} == {
        "SF13",
        "SF14",
    }


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.8, 1.0, 1.1], INSIDE),
        ([0.1, 0.2, 1.0], OUTSIDE),
        ([1.3, 1.45, 9.0], OUTSIDE),
        ([0.7, 0.7, 0.7], INSIDE),
        ([math.nan, 1.0, math.nan], INSIDE),
        ([math.nan] * 3, ABSENT),
    ],
)
def test_verdict_is_that_of_the_median(values: list[float], verdict: str) -> None:
    row = judged({"growth_shape": values}).value("growth_shape")
    assert row["verdict"] == verdict
    assert row["runs"] == sum(not math.isnan(value) for value in values)


def test_value_is_the_median_with_the_middle_of_runs() -> None:
    row = judged({"growth_shape": [1.0, 2.0, 3.0]}).value("growth_shape")
    assert (row["value"], row["p05"], row["p95"], row["runs_inside"]) == (
        2.0,
        pytest.approx(1.1),
        pytest.approx(2.9),
        1,
    )


def test_open_range_has_no_upper_end_even_for_infinity() -> None:
    row = judged({"bunching": [math.inf, math.inf, 2.0]}).value("bunching")
    assert (row["value"], row["verdict"], row["p05"]) == (math.inf, INSIDE, 2.0)


def test_unknown_statistic_is_a_key_error(facts: Facts) -> None:
    with pytest.raises(KeyError, match="nonsense"):
        facts.value("nonsense")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_miss_is_explained_by_the_side_it_lies_on(lang: str) -> None:
    words = {"en": REASONS_EN, "zh": REASONS_ZH}[lang]
    for value, side in ((0.1, "low"), (9.0, "high")):
        worded = judged({"growth_shape": [value]}).worded(lang).set_index("statistic")
        assert worded.loc["growth_shape", "reason"] == getattr(words["growth_shape"], side)
    assert judged({"growth_shape": [1.0]}).worded(lang).set_index("statistic").loc["growth_shape", "reason"] == ""


def test_gap_is_explained_by_the_model_or_by_too_few_cases() -> None:
    worded = judged({}).worded("en").set_index("statistic")
    assert worded.loc["robots_2016", "reason"] == REASONS_EN["robots_2016"].absent
    assert worded.loc["net_entry", "reason"].startswith("Too few cases")


def test_summary_counts_emergent_statistics_and_facts_alone() -> None:
    inside = {"growth_shape": [1.0], "growth_kurtosis": [2.0], "size_variance": [0.2], "bunching": [2.0]}
    outside = {"growth_on_size": [0.5], "growth_on_size_mature": [0.0], "mean_intensity": [0.9], "caict_2019": [1.0]}
    said = judged(inside | outside).summary()
    assert said.startswith("Emergent: 4 of 5 statistics inside the published range, 2 of 3 facts")
    assert "Imposed 1/2 and fitted 0/1 inside are no evidence; 42 cannot be computed." in said


def test_facts_of_a_panel_hold_every_statistic_of_the_seed(facts: Facts) -> None:
    assert facts.table["statistic"].tolist() == STATISTICS
    held = facts.table[facts.table["label"] != ""]
    short = {"net_entry", "at_most_par", "tenfold", "origin", "working"}  # need longer runs, or are not in the model
    assert set(held["statistic"][held["verdict"] == ABSENT]) == short
    assert facts.runs == 2


def test_facts_of_series_are_those_of_the_result(facts: Facts, result) -> None:
    chosen = result.series["core_scale"].sel(definition="caict", year=2020).values
    assert facts.value("caict_2020")["value"] == pytest.approx(np.median(chosen), rel=1e-12)
    count = result.series["q_firms"].sel(quarter="2018Q2").values
    assert facts.value("firms_2018")["value"] == np.median(count)


def test_provinces_at_the_end_of_a_quarter_are_those_of_the_panel(facts: Facts, result) -> None:
    firms = result.panel.firm_table("region", "closes")
    shares = []
    for _, run in firms.groupby("run"):
        of_run = [(run.loc[run["quarter"] == f"{year}Q4", "region"] == "CN-BJ").mean() for year in range(2018, 2022)]
        shares.append(np.mean(of_run))
    assert facts.value("beijing")["value"] == pytest.approx(np.median(shares), rel=1e-12)


def test_facts_of_runs_of_less_than_two_years_are_refused(result) -> None:
    brief = replace(result, scenario=load({"extends": "plan", "horizon": {"end": "2017Q3"}}))
    with pytest.raises(UserError, match="end with 2017Q3 .* two complete years"):
        find_facts(brief)


def test_shapes_hold_every_run(facts: Facts) -> None:
    for name, shape in facts.shapes.items():
        assert set(shape["run"]) == {0, 1}, name
        assert isinstance(shape, pd.DataFrame)


def test_shape_of_growth_holds_nearly_all_probability(facts: Facts) -> None:
    width = 0.05
    total = facts.shapes["growth"].groupby("run")["density"].sum() * width
    assert ((total > 0.95) & (total <= 1.0 + 1e-9)).all()


def test_facts_tell_scenario_and_size_in_one_line(facts: Facts) -> None:
    assert repr(facts) == "Facts(custom: 50 statistics of 2 runs)"
