"""Goals in words: every kind of formula by hand, thresholds at their edge, and who may see them."""

from __future__ import annotations

import copy
import math
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

import sim.measurement.goal_list as goal_list_module
from sim.errors import SeedError
from sim.measurement.goal_list import Goal, declared_goals, goal_years, parse_goals
from sim.measurement.goals import COLUMNS, indicator, judge_goals
from sim.measurement.intervals import wilson
from sim.outcomes import COORDINATES
from sim.plan.names import FIELDS
from sim.scenario import Scenario, load
from sim.seeds import read_document

PACKAGE = Path(goal_list_module.__file__).parents[1]
RUNS = 4


@pytest.fixture(scope="module")
def long_plan() -> Scenario:
    """Return the plan to 2030."""
    return load("plan")


@pytest.fixture
def flat() -> xr.Dataset:
    """Return four runs of 2016 to 2030 in which every outcome that goals use is 0."""
    years = np.arange(2016, 2031)
    shapes = {
        "technology_parity": ("field",),
        "supply_parity": ("sector",),
        "adoption_share": ("application",),
        "talent": ("tier",),
        "firms_by_standing": ("standing", "turnover"),
        "trust": (),
    }
    labels = {dim: list(COORDINATES[dim]) for dims in shapes.values() for dim in dims}
    variables = {
        name: (("run", "year", *dims), np.zeros((RUNS, 15, *(len(labels[dim]) for dim in dims))))
        for name, dims in shapes.items()
    }
    return xr.Dataset(variables, {"run": np.arange(RUNS), "year": years, **labels})


def goal(name: str) -> Goal:
    """Return one of the shipped goals."""
    return next(each for each in declared_goals() if each.id == name)


def value(name: str, dataset: xr.Dataset, scenario: Scenario, item: str = "") -> np.ndarray:
    """Return an indicator in 2030, float64[runs]."""
    return indicator(goal(name), dataset, scenario)[item][:, -1]


def test_parity_overall_is_the_plain_mean_of_the_fields(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["technology_parity"].loc[{"year": 2030}] = np.linspace(0.1, 1.6, 16)
    assert value("parity_overall", flat, long_plan) == pytest.approx(np.full(RUNS, 0.85))


def test_parity_of_a_field_is_given_field_by_field(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["technology_parity"].loc[{"year": 2030, "field": "swarm"}] = [0.1, 0.2, 0.3, 0.4]
    assert value("field_parity", flat, long_plan, "swarm").tolist() == [0.1, 0.2, 0.3, 0.4]
    assert value("field_parity", flat, long_plan, "quantum").tolist() == [0.0] * RUNS


def test_fields_leading_and_in_step_are_counted_from_their_levels_on(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["technology_parity"].loc[{"year": 2030}] = [0.899, 0.9, 0.95, 0.999, 1.0, 1.7, *[0.2] * 10]
    assert value("fields_in_step", flat, long_plan).tolist() == [5.0] * RUNS
    assert value("fields_leading", flat, long_plan).tolist() == [2.0] * RUNS


def test_frontier_advances_take_the_seven_fields_named_alone(flat: xr.Dataset, long_plan: Scenario) -> None:
    named = goal("frontier_advances").measure.among  # type: ignore[union-attr]
    assert len(named) == 7
    flat["technology_parity"].loc[{"field": [name for name in FIELDS if name not in named]}] = 9.0
    flat["technology_parity"].loc[{"field": list(named)}] = 0.7
    assert value("frontier_advances", flat, long_plan) == pytest.approx(np.full(RUNS, 0.7))


def test_first_tier_firms_are_at_the_frontier_and_large(flat: xr.Dataset, long_plan: Scenario) -> None:
    counts = 10.0 ** np.arange(16).reshape(4, 4)
    flat["firms_by_standing"].loc[{"year": 2030}] = counts
    assert value("first_tier_firms", flat, long_plan).tolist() == [1e14 + 1e15] * RUNS


def test_senior_talent_is_a_multiple_of_the_run_s_own_2016(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["talent"].loc[{"tier": "senior"}] = np.outer([2.0, 4.0, 8.0, 1.0], np.linspace(1.0, 3.0, 15))
    flat["talent"].loc[{"tier": "engineer"}] = 1e6
    assert value("senior_talent", flat, long_plan) == pytest.approx(np.full(RUNS, 3.0))


def test_rules_in_force_are_the_mean_of_four_levers_at_the_end_of_the_year(
    flat: xr.Dataset, long_plan: Scenario
) -> None:
    rules = ("regulatory_clarity", "standards_programme", "safety_supervision", "data_protection")
    expected = np.mean([long_plan.path(name)[59] for name in rules])
    assert value("rules_in_force", flat, long_plan) == pytest.approx(np.full(RUNS, expected))


def test_safety_capability_falls_with_trust_and_gains_nothing_above_one(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["trust"].loc[{"year": 2030}] = [0.0, 0.5, 1.0, 1.4]
    level = long_plan.path("safety_supervision")[59]
    assert value("safety_capability", flat, long_plan) == pytest.approx(level * np.array([0.0, 0.5, 1.0, 1.0]))


def test_wide_use_and_sectors_at_frontier_count_their_own_dimension(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["adoption_share"].loc[{"application": ["courts", "home"]}] = 0.5
    flat["supply_parity"].loc[{"sector": ["robots", "vr_ar", "vehicles"]}] = 0.93
    assert value("wide_use", flat, long_plan).tolist() == [2.0] * RUNS
    assert value("sectors_at_frontier", flat, long_plan).tolist() == [3.0] * RUNS


def test_judged_goal_is_met_at_its_threshold_with_an_interval(flat: xr.Dataset, long_plan: Scenario) -> None:
    # The mean of sixteen times 0.9 misses 0.9 by the last bit.
    flat["technology_parity"].loc[{"year": 2020}] = np.array([0.9, 0.9, 0.9, 0.8])[:, None]
    table = judge_goals(flat, long_plan)
    assert list(table.columns) == list(COLUMNS)
    (row,) = table.query("goal == 'parity_overall' and year == 2020").to_dict("records")
    assert (row["met"], row["threshold"], row["clause"], row["runs"]) == (0.75, 0.9, "2.3.1", RUNS)
    assert (row["met_low"], row["met_high"]) == pytest.approx(wilson(3, RUNS))
    assert row["median"] == pytest.approx(0.9)


def test_goal_without_a_threshold_in_a_year_is_shown_and_not_judged(flat: xr.Dataset, long_plan: Scenario) -> None:
    flat["technology_parity"].loc[{"year": 2025}] = 0.6
    (row,) = judge_goals(flat, long_plan).query("goal == 'parity_overall' and year == 2025").to_dict("records")
    assert row["median"] == pytest.approx(0.6)
    assert row["clause"] == ""
    assert all(math.isnan(row[name]) for name in ("threshold", "met", "met_low", "met_high"))


def test_goal_that_rests_on_policy_alone_has_no_interval_of_chance(flat: xr.Dataset, long_plan: Scenario) -> None:
    rows = judge_goals(flat, long_plan).query("goal == 'rules_in_force'")
    assert set(rows["met"]) <= {0.0, 1.0}
    assert rows["met_low"].isna().all()
    assert (rows["p05"] == rows["p95"]).all()


def test_goals_of_years_beyond_the_horizon_are_left_out(dataset: xr.Dataset, scenario: Scenario) -> None:
    assert len(judge_goals(dataset, scenario)) == 0
    table = judge_goals(dataset.assign_coords(year=dataset["year"] + 2), scenario)  # 2018 to 2020
    assert set(table["year"]) == {2020}


def test_goals_of_a_measured_ensemble_cover_every_goal_field_and_year(
    make_records: Callable[..., Any], long_plan: Scenario
) -> None:
    from sim.measurement import measure

    table = judge_goals(measure(make_records(long_plan, runs=2), long_plan), long_plan)
    assert len(table) == (len(declared_goals()) - 1 + len(FIELDS)) * 3
    assert not table[["median", "p05", "p95"]].isna().any(axis=None)


def test_declared_goals_judge_every_step_of_the_clause_and_every_group() -> None:
    assert goal_years() == (2020, 2025, 2030)
    for clause, year in (("2.3.1", 2020), ("2.3.2", 2025), ("2.3.3", 2030)):
        dates = {each.year for goal in declared_goals() for each in goal.thresholds if each.clause == clause}
        assert dates == {year}
    assert {each.group for each in declared_goals()} == {"technology", "firms", "use", "talent", "rules"}


def test_declared_thresholds_have_reasons_and_rise_with_time() -> None:
    for each in declared_goals():
        levels = [threshold.at_least for threshold in each.thresholds]
        assert levels == sorted(levels), each.id
        assert all(len(threshold.why.en) > 15 for threshold in each.thresholds)


MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "outcome": (lambda goal: goal["measure"].update(of="parity"), "no outcome parity"),
    "dimension": (lambda goal: goal["measure"].update(over="region"), "has the dimensions field"),
    "entry": (lambda goal: goal["measure"].update(among=["swarms"]), "no field swarms"),
    "level without count": (lambda goal: goal["measure"].update({"from": 0.5}), "belongs to a count"),
    "kind": (lambda goal: goal["measure"].update(kind="median"), "median"),
    "clause": (lambda goal: goal["thresholds"][0].update(clause="3.1.1"), "no step of clause 2.3"),
    "order": (lambda goal: goal["thresholds"].reverse(), "thresholds stand by year"),
    "lever": (lambda goal: goal.update(measure={"kind": "levers", "levers": ["clarity"]}), "no lever clarity"),
    "word": (lambda goal: goal.update(treshold=3), "treshold"),
    "language": (lambda goal: goal["name"].pop("zh"), "name.zh"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_goal_with_a_mistake_is_refused_and_named(mistake: str) -> None:
    spoil, told = MISTAKES[mistake]
    content = copy.deepcopy(read_document("plan/goals"))
    spoil(content["goals"][1])
    with pytest.raises(SeedError, match=told):
        parse_goals(content)


def test_goals_of_one_id_are_refused() -> None:
    content = read_document("plan/goals")
    content["goals"][1]["id"] = content["goals"][2]["id"]
    with pytest.raises(SeedError, match="two goals have one id"):
        parse_goals(content)


def test_goals_file_is_named_in_one_module_of_the_measurement_only() -> None:
    quoted = re.compile(r"""["']plan/goals["']""")  # messages to people name seeds/plan/goals.yaml and read nothing
    naming = [path for path in PACKAGE.rglob("*.py") if quoted.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(PACKAGE).as_posix() for path in naming] == ["measurement/goal_list.py"]


def test_simulating_loads_no_goal() -> None:
    ask = "import sys, sim.model, sim.ensemble; print([n for n in sys.modules if n.startswith('sim.measurement.goal')])"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
